// The keyboard alone, and what readers ask of their systems: less motion, colours of their own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOGETHER, forEach, launch, reader } from "./support/browser.mjs";
import { host, pages } from "./support/site.mjs";

let browser, site, department;
before(async () => {
  [browser, site] = await Promise.all([launch(), host()]);
  department = pages().departments.find((path) => pages().withCharts.includes(path));
});
after(async () => { await browser.close(); site.close(); });

test("the first key leads past the masthead", async () => {
  const { open, close } = await reader(browser);
  const page = await open(site.base + department);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".skip") && document.activeElement.getBoundingClientRect().top >= 0));
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await close();
});

test("every stop of the keyboard is seen, none is a trap", async () => {
  const { open, close } = await reader(browser, { reducedMotion: "reduce" });
  const page = await open(site.base + department);
  const stops = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((element) => element.checkVisibility()).length);
  const seen = [];
  for (let step = 0; step <= stops + 2; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const shown = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
      return { shown, html: element.outerHTML.slice(0, 90) };
    });
    if (!stop) break;
    seen.push(stop);
  }
  assert.ok(seen.length >= stops - 1 && seen.length <= stops + 1, `${seen.length} of ${stops} stops`);
  assert.deepEqual(seen.filter((stop) => !stop.shown), []);
  await close();
});

test("nothing moves for those who want no motion", async () => {
  const { open, close } = await reader(browser, { reducedMotion: "reduce" });
  const page = await open(site.base + department);
  const moving = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll("body *")].filter((element) => {
    const { scrollBehavior, transitionDuration, animationName } = getComputedStyle(element);
    return scrollBehavior === "smooth" || parseFloat(transitionDuration) > 0 || animationName !== "none";
  }).length);
  assert.equal(moving, 0);
  await close();
});

test("charts are there in the reader's own colours", async () => {
  const { open, close } = await reader(browser, { forcedColors: "active" });
  const page = await open(site.base + department);
  const found = await page.evaluate(() => {
    const ground = getComputedStyle(document.body).backgroundColor;
    const texts = [...document.querySelectorAll("svg.chart text")].filter((text) => getComputedStyle(text).fill === ground);
    const marks = [...document.querySelectorAll("svg.chart rect")].filter((mark) => getComputedStyle(mark).stroke === "none");
    return [texts.length, marks.length];
  });
  assert.deepEqual(found, [0, 0], "texts in the colour of the ground, marks without a frame");
  await close();
});

test("a department fits on one sheet of paper", TOGETHER, async (t) => {
  const { open, close } = await reader(browser);
  await forEach(t, pages().departments, (path) => path, async (path) => {
    const page = await open(site.base + path);
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1, "sheets");
    await page.close();
  });
  await close();
});

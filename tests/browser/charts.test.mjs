// Charts: no text is cut off, laid over another or too small, at the widths of phones and desktops.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { TOGETHER, forEach, launch, reader } from "./support/browser.mjs";
import { host, pages, siteFolder } from "./support/site.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), host()]); });
after(async () => { await browser.close(); site.close(); });

test("texts of charts at every width and on paper", TOGETHER, async (t) => {
  const { open, close } = await reader(browser);
  await forEach(t, pages().withCharts, (path) => path, async (path) => {
    const page = await open(site.base + path);
    const found = [];
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await page.evaluate(inspect, 10)).map((problem) => `${width} px: ${problem}`));
    }
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 718, height: 1047 }); // A4 without its margins
    found.push(...(await page.evaluate(inspect, 7)).map((problem) => `on paper: ${problem}`));
    assert.deepEqual(found, []);
    await page.close();
  });
  await close();
});

test("charts to download stand alone", async () => {
  const files = readdirSync(siteFolder(), { recursive: true }).filter((path) => path.endsWith(".svg") && !path.startsWith("static"));
  assert.ok(files.length > 0);
  const { open, close } = await reader(browser);
  const page = await open("about:blank");
  for (const path of files) {
    const text = readFileSync(join(siteFolder(), path), "utf8");
    const problems = await page.evaluate((text) => {
      const image = new DOMParser().parseFromString(text, "image/svg+xml");
      const found = [];
      if (image.querySelector("parsererror")) found.push("is no XML");
      if (!image.querySelector("title")?.textContent || !image.querySelector("desc")?.textContent) found.push("has no name");
      if (image.querySelector("script, foreignObject, image, [href^='http']")) found.push("is not self-contained");
      return found;
    }, text);
    assert.deepEqual(problems, [], path);
  }
  await close();
});

// Runs in the page.
function inspect(smallest) {
  const found = [];
  const SLACK = 1; // pixels
  for (const chart of document.querySelectorAll("svg.chart")) {
    const frame = chart.getBoundingClientRect();
    if (frame.width === 0) continue;
    const name = chart.querySelector("title")?.textContent ?? "chart";
    const texts = [...chart.querySelectorAll("text")].filter((text) => text.textContent.trim()).map(ink);
    for (const { text, left, right, top, bottom, size } of texts) {
      const out = left < frame.left - SLACK || right > frame.right + SLACK || top < frame.top - SLACK || bottom > frame.bottom + SLACK;
      if (out) found.push(`${name}: "${text}" is cut off`);
      if (size < smallest) found.push(`${name}: "${text}" is only ${size.toFixed(1)} px high`);
    }
    texts.forEach((one, at) => texts.slice(at + 1).forEach((other) => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > SLACK && down > SLACK) found.push(`${name}: "${one.text}" lies on "${other.text}"`);
    }));
  }
  return found;

  // Where the strokes of a text are on the screen: its box is as high as a line, which is more than its characters.
  function ink(element) {
    const scale = element.getScreenCTM();
    const size = parseFloat(getComputedStyle(element).fontSize) * Math.hypot(scale.a, scale.b);
    const baseline = element.getStartPositionOfChar(0).matrixTransform(scale).y;
    const { left, right } = element.getBoundingClientRect();
    return { text: element.textContent, left, right, top: baseline - 0.85 * size, bottom: baseline + 0.1 * size, size };
  }
}

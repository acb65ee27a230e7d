// What a reader does with a page: follow a figure to its source, print it, read it without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, TOGETHER, forEach, launch, reader } from "./support/browser.mjs";
import { host, pages } from "./support/site.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), host()]); });
after(async () => { await browser.close(); site.close(); });

test("a figure leads to its line in the source, marked and in view", TOGETHER, async (t) => {
  for (const viewport of [PHONE, DESKTOP]) {
    const { open, close } = await reader(browser, { viewport });
    await forEach(t, pages().departments, (path) => `${viewport.width} ${path}`, async (path) => {
      const page = await open(site.base + path);
      const link = page.locator("main a[href*='source/index.html#L']").first();
      const figure = (await link.innerText()).match(/[\d,]+\.?\d*/)[0].replaceAll(",", "");
      await link.click();
      await page.waitForURL(/source\/index\.html#L\d+$/);
      await page.waitForFunction(() => {
        const box = document.querySelector(":target")?.getBoundingClientRect();
        return box && box.bottom > 0 && box.top < innerHeight;
      });
      const line = await page.evaluate(() => {
        const target = document.querySelector(":target");
        const other = [...target.parentElement.children].find((one) => one !== target && one.id?.startsWith("L"));
        const look = (element) => {
          const { backgroundColor, outlineStyle, boxShadow } = getComputedStyle(element);
          return `${backgroundColor} ${outlineStyle} ${boxShadow}`;
        };
        return { text: target.innerText, marked: look(target) !== look(other) };
      });
      // The page shows 万元 with two decimals, the source may have 元 and more of them.
      const printed = line.text.replaceAll(",", "").match(/\d+(\.\d+)?/g).map(Number);
      const shown = printed.flatMap((number) => [number, number / 1e4]).map((number) => number.toFixed(2));
      assert.ok(shown.includes(Number(figure).toFixed(2)), `${figure} is not in: ${line.text}`);
      assert.ok(line.marked, "the line looks like the others");
      await page.close();
    });
    await close();
  }
});

for (const viewport of [PHONE, DESKTOP]) test(`without scripts every kind of page is whole and says the same at ${viewport.width} px`, TOGETHER, async (t) => {
  const [plain, scripted] = await Promise.all([reader(browser, { javaScriptEnabled: false, viewport }), reader(browser, { viewport })]);
  // Searching and comparing are done by scripts; without them these pages lead to the lists.
  const other = ["search", "compare"];
  await forEach(t, pages().kinds, ([kind]) => kind, async ([kind, path]) => {
    const without = await plain.open(site.base + path);
    assert.equal(await without.locator("h1").count(), 1);
    // A hidden part would be missing from the text; the sign in a sorted column's head is not text.
    const text = async (page) => (await page.locator("main").innerText()).replace(/\s+/g, "");
    const plainText = await text(without);
    assert.ok(plainText.length > 4);
    if (other.includes(kind)) assert.match(plainText, /全部部门/);
    else {
      const withScripts = await scripted.open(site.base + path);
      assert.equal(plainText, await text(withScripts));
      assert.equal(await without.locator("main svg.chart:visible").count(), await withScripts.locator("main svg.chart:visible").count());
      await withScripts.close();
    }
    assert.deepEqual(without.errors, []);
    await without.close();
  });
  await Promise.all([plain.close(), scripted.close()]);
});

test("pages print", TOGETHER, async (t) => {
  const { open, close } = await reader(browser, { colorScheme: "dark" });
  const printed = pages().kinds.filter(([kind]) => ["department", "budget", "final", "source", "checks"].includes(kind));
  await forEach(t, printed, ([kind]) => kind, async ([, path]) => {
    const page = await open(site.base + path);
    const pdf = await page.pdf({ format: "A4", printBackground: false });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 718, height: 1047 }); // A4 without its margins
    const print = await page.evaluate(() => {
      const brightness = (value) => value.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
      const boxes = [...document.querySelectorAll("main table")].filter((table) => table.getBoundingClientRect().height > 0);
      const cut = boxes.filter((table) => {
        const box = table.closest("[tabindex]") ?? table.parentElement;
        return getComputedStyle(box).overflowX !== "visible" && box.scrollWidth > box.clientWidth + 1;
      });
      return {
        ink: brightness(getComputedStyle(document.querySelector("h1")).color),
        search: [...document.querySelectorAll("form")].some((form) => form.getBoundingClientRect().height > 0),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        cut: cut.map((table) => table.caption?.innerText.slice(0, 60)),
      };
    });
    assert.ok(print.ink < 200, "light ink on paper");
    assert.equal(print.search, false, "a search box on paper");
    assert.deepEqual(print.cut, [], "tables are cut off on paper");
    await page.close();
  });
  await close();
});

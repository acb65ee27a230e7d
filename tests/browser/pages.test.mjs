// Every kind of page at every width, light and dark, with scripts and without, from a host below a path and from a disk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOGETHER, forEach, launch, reader } from "./support/browser.mjs";
import { fileUrl, host, pages } from "./support/site.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), host()]); });
after(async () => { await browser.close(); site.close(); });

// The widths of a desktop at 400 % zoom, of phones, of a tablet and of a desktop.
const WIDTHS = [320, 360, 768, 1280];

// Reasons to stumble over a page as it is shown now.
async function stumbles(page, how) {
  return (await page.evaluate(inspect)).map((found) => `${how}: ${found}`);
}

test("pages render at every width, light and dark, with large type", TOGETHER, async (t) => {
  const { open, close } = await reader(browser);
  await forEach(t, pages().kinds, ([kind]) => kind, async ([kind, path]) => {
    assert.ok(path, `there is no page of the kind "${kind}"`);
    const page = await open(site.base + path);
    const found = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...await stumbles(page, `${width} px`));
    }
    await page.emulateMedia({ colorScheme: "dark" });
    found.push(...await stumbles(page, "dark"));
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    for (const width of [768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...await stumbles(page, `type of twice the size, ${width} px`));
    }
    assert.deepEqual(found, [], path);
    assert.deepEqual(page.errors, []);
    await page.close();
  });
  await close();
});

test("pages open from a disk", TOGETHER, async (t) => {
  const { open, close } = await reader(browser);
  await forEach(t, pages().kinds, ([kind]) => kind, async ([, path]) => {
    const page = await open(fileUrl(path));
    assert.deepEqual(await stumbles(page, "from a disk"), [], path);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).margin), "0px", "no style");
    assert.deepEqual(page.errors, []);
    await page.close();
  });
  await close();
});

test("dark is darker than light", async () => {
  const brightness = async (colorScheme) => {
    const { open, close } = await reader(browser, { colorScheme });
    const page = await open(site.base);
    const [background, text] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return [backgroundColor, color].map((value) => value.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0));
    });
    await close();
    return background - text;
  };
  assert.ok(await brightness("light") > 300);
  assert.ok(await brightness("dark") < -300);
});

test("the button changes the colours, and the next page keeps them", async () => {
  const { open, close } = await reader(browser, { colorScheme: "light" });
  const page = await open(site.base);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.locator(".theme-switch").click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.goto(`${site.base}data/index.html`);
  assert.equal(await background(), dark);
  await close();
});

test("an address that does not exist shows a page with ways on", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}departments/nowhere/at-all/`);
  assert.equal(await page.locator("h1").count(), 1);
  await page.waitForFunction((base) => document.querySelector("main a").href.startsWith(base), site.base);
  const link = page.locator("main a").first();
  await link.click();
  await page.waitForURL((url) => url.href.startsWith(site.base) && !url.href.includes("nowhere"));
  assert.equal(await page.locator("h1").count(), 1);
  await close();
});

test("a column of a table is sorted by its head", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}departments/index.html`);
  const table = page.locator("table.sortable").first();
  // A column in which there is something to sort.
  const column = await table.evaluate((table) => {
    const filled = (at) => [...table.tBodies[0].rows].filter((row) => row.cells[at]?.dataset.value).length;
    return [...table.tHead.rows[0].cells].findLastIndex((cell, at) => cell.querySelector("button.sort") && filled(at) > 1);
  });
  const button = table.locator("thead th").nth(column).locator("button.sort");
  await button.click();
  const values = () => table.evaluate((table) => {
    const at = [...table.tHead.rows[0].cells].findIndex((cell) => cell.hasAttribute("aria-sort"));
    return [...table.tBodies[0].rows].map((row) => row.cells[at]?.dataset.value).filter(Boolean).map(Number);
  });
  const first = await values();
  await button.click();
  assert.ok(first.length > 1);
  assert.deepEqual(await values(), [...first].reverse());
  await close();
});

// Runs in the page: what a reader would stumble over.
function inspect() {
  const found = [];
  const width = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - width;
  if (over > 0) {
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.right <= width + 1) return false;
      for (let above = element.parentElement; above; above = above.parentElement) {
        if (getComputedStyle(above).overflowX !== "visible") return false;
      }
      return true;
    });
    found.push(`scrolls sideways by ${over}px: ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))}`);
  }
  const heading = document.querySelector("h1");
  if (!heading || heading.getBoundingClientRect().height === 0) found.push("no visible heading");
  if (document.querySelector("main").innerText.trim().length < 4) found.push("hardly any text");
  if (/NaN|undefined|\[object|\{\{|\}\}/.test(document.body.innerText)) found.push("text of a program");
  const broken = [...document.images].filter((image) => image.complete && image.naturalWidth === 0);
  found.push(...broken.map((image) => `picture ${image.src}`));
  return found;
}

// Searching, from a host and from a disk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, launch, reader } from "./support/browser.mjs";
import { fileUrl, host } from "./support/site.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), host()]); });
after(async () => { await browser.close(); site.close(); });

const hits = (page) => page.locator(".hit");
const answered = (page) => page.waitForFunction(() => /找到|没有找到/.test(document.querySelector(".search-status")?.textContent));

for (const query of ["三公", "政务云", "2080505"]) {
  test(`${query} is found, and the first hit leads to its place`, async () => {
    const { open, close } = await reader(browser);
    const page = await open(`${site.base}search/index.html?q=${encodeURIComponent(query)}`);
    await answered(page);
    assert.ok(await hits(page).count() > 0);
    assert.match(await hits(page).first().innerText(), new RegExp(query.split("").join('["“”]*')));
    await hits(page).first().locator("a").click();
    await page.waitForLoadState();
    assert.ok(page.url().startsWith(`${site.base}departments/`), page.url());
    assert.ok(await page.evaluate(() => !location.hash || document.getElementById(decodeURIComponent(location.hash.slice(1)))));
    assert.deepEqual(page.errors, []);
    await close();
  });
}

test("the box on every page leads to the results", async () => {
  const { open, close } = await reader(browser, { viewport: PHONE });
  const page = await open(`${site.base}method/index.html`);
  await page.locator("input[name=q]").first().fill("三公");
  await page.locator("input[name=q]").first().press("Enter");
  await page.waitForURL(/search\/index\.html\?q=/);
  await answered(page);
  assert.ok(await hits(page).count() > 0);
  await close();
});

test("the query lives in the address, and facets narrow", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}search/index.html`);
  await page.locator("main input[name=q]").fill("三公");
  await answered(page);
  await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "三公");
  const count = async () => Number((await page.locator(".search-status").innerText()).match(/\d+/)[0]);
  const all = await count();
  const facet = page.locator("select[name=type]");
  const value = await facet.locator("option").nth(1).getAttribute("value");
  await facet.selectOption(value);
  await page.waitForURL((url) => url.searchParams.get("type") === value);
  assert.ok(await count() < all && await count() > 0);
  await page.reload();
  await answered(page);
  assert.equal(await page.locator("main input[name=q]").inputValue(), "三公");
  assert.equal(await page.locator("select[name=type]").inputValue(), value);
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.get("type"));
  await close();
});

test("results can be walked with the keyboard", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}search/index.html?q=${encodeURIComponent("三公")}`);
  await answered(page);
  await page.locator("main input[name=q]").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await hits(page).nth(1).locator("a").getAttribute("href");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), second);
  await page.keyboard.press("Enter");
  await page.waitForURL(second);
  await close();
});

test("what is not there is said, and text of a query is never markup", async () => {
  const { open, close } = await reader(browser);
  const query = "<img src=x onerror=alert(1)>";
  const page = await open(`${site.base}search/index.html?q=${encodeURIComponent(query)}`);
  await answered(page);
  assert.equal(await page.locator("main img").count(), 0);
  assert.deepEqual(page.errors, []);
  await close();
});

test("from a disk the names are found", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${fileUrl("search/index.html")}?q=${encodeURIComponent("2080505")}`);
  await answered(page);
  assert.ok(await hits(page).count() > 0);
  await hits(page).first().locator("a").click();
  await page.waitForURL(/departments\/.*\/index\.html/);
  assert.equal(await page.locator("h1").count(), 1);
  assert.deepEqual(page.errors, []);
  await close();
});

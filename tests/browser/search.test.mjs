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

test("the query lives in the address, facets narrow and tell how far, and the history leads back and forth", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}search/index.html`);
  await page.locator("main input[name=q]").fill("三公");
  await answered(page);
  await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "三公");
  await page.locator(".search-filters summary").click();
  const facet = page.locator("select[name=type]"), option = facet.locator("option[value=term]");
  const told = Number((await option.innerText()).match(/（(\d+)）/)[1]);
  await facet.selectOption("term");
  await page.waitForURL((url) => url.searchParams.get("type") === "term");
  const only = () => page.waitForFunction(() => {
    const types = [...document.querySelectorAll(".hit-type")].map((type) => type.textContent);
    return types.length && types.every((type) => type === "名词解释");
  });
  await only();
  assert.equal(await hits(page).count(), Math.min(told, 10));
  await page.reload();
  await answered(page);
  assert.equal(await page.locator("main input[name=q]").inputValue(), "三公");
  assert.equal(await page.locator("select[name=type]").inputValue(), "term");
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.get("type"));
  await page.waitForFunction(() => document.querySelectorAll(".hit").length === 10);
  await page.goForward();
  await page.waitForURL((url) => url.searchParams.get("type") === "term");
  await only();
  assert.deepEqual(page.errors, []);
  await close();
});

test("a mistake leads to the name that was meant, on a narrow screen too", async () => {
  const { open, close } = await reader(browser, { viewport: PHONE });
  const page = await open(`${site.base}search/index.html?q=${encodeURIComponent("政务支资源购买")}`);
  await answered(page);
  assert.equal(await hits(page).count(), 0);
  await page.locator(".search-more button", { hasText: "政务云资源购买服务费" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".hit").length > 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the screen");
  assert.equal(await page.locator("[role=status]").count(), 1);
  await close();
});

test("data that does not load is said, and can be tried again", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}search/index.html`);
  await page.route("**/{docs,grams}/*.json", (route) => route.abort());
  await page.locator("main input[name=q]").fill("三公");
  await page.locator(".search-more button", { hasText: "重试" }).waitFor();
  await page.unroute("**/{docs,grams}/*.json");
  await page.locator(".search-more button", { hasText: "重试" }).click();
  await answered(page);
  assert.ok(await hits(page).count() > 0);
  await close();
});

test("a site that was built anew is searched with its new index", async () => {
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}search/index.html`);
  const stale = async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: { ...(await reply.json()), docs: { count: 99, group: 1, names: "00000".repeat(99) } } });
  };
  await page.route("**/search/manifest.json", stale, { times: 1 });
  await page.reload();
  await page.locator("main input[name=q]").fill("三公");
  await answered(page);
  assert.ok(await hits(page).count() > 0);
  await close();
});

test("a first query loads at most six files of the index, whether it finds ten, one or none", async () => {
  const many = ["三公", "三公经费", "公务接待费", "政务云", "2080505", "12345", "1150.0", "机关运行经费", "政务外网 租赁"];
  const few = ["培训费 2024", "信息化建设 项目 2025", "公务接代费", "qwertyuiop", "2025 决算 三公经费 预算 项目 政务", "9999.99"];
  for (const query of [...many, ...few]) {
    const { open, close } = await reader(browser);
    const page = await open(`${site.base}search/index.html?q=${encodeURIComponent(query)}`);
    await answered(page);
    const files = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\/search\/.*\.json$/.test(name)));
    assert.ok(files.length > 1 && files.length <= 6, `${query}: ${files.join(" ")}`);
    await close();
  }
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

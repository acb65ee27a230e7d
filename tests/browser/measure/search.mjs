// What a first query loads and how long it takes on a slow telephone: opens the search page of a built site once for
// each query, in a reader without a cache whose processor is four times slower, and prints a table.
//
//   SITE=public node measure/search.mjs [number of random queries] [query …]
//
// Bytes are those of `gzip -6` of the index's files that were fetched, the manifest included. Milliseconds run from
// the arrival of the last of them to the results on the page.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PHONE, launch, reader } from "../support/browser.mjs";
import { host, siteFolder } from "../support/site.mjs";

const NAMED = [
  "三公", "三公经费", "公务接待费", "政务云", "2080505", "12345", "政务外网", "基本工资", "机关运行经费", "财政局", "zwfw",
  "三公经费 2024", "政务外网 租赁", "培训费 2024", "信息化建设 项目 2025", "1150.0", "2024", "公务接代费", "电",
];

const [count = "0", ...asked] = process.argv.slice(2);
const index = join(siteFolder(), "search");
const manifest = JSON.parse(readFileSync(join(index, "manifest.json"), "utf8"));

// Pieces of two to nine characters, cut out of the records at places that are always the same.
function* pieces(number) {
  const { count, group, names } = manifest.docs;
  const name = (shard) => names.substr(Math.floor(shard / group) * 5, 5) + String.fromCharCode(97 + (shard % group));
  let state = 42;
  const random = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % Math.max(below, 1);
  while (number > 0) {
    const docs = JSON.parse(readFileSync(join(index, "docs", `${name(random(count))}.json`), "utf8"));
    const at = random(docs.name.length), field = ["name", "name", "code", "text", "amount"][random(5)];
    const chars = Array.from(docs[field][at]), start = random(chars.length - 1), length = 2 + random(8);
    const piece = chars.slice(start, start + length).join("").replaceAll(/["'\s\u2018-\u201f\u300c-\u300f\u301d-\u301f]/g, "");
    if (Array.from(piece).length < 2) continue;
    number -= 1;
    yield `"${piece}"`;
  }
}

const site = await host(), browser = await launch();
const queries = [...(asked.length ? asked : NAMED), ...pieces(Number(count))], rows = [];
for (const query of queries) {
  const { context, close } = await reader(browser, { viewport: PHONE });
  const page = await context.newPage(), fetched = new Set();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname.split("/search/")[1];
    if (path?.endsWith(".json")) fetched.add(path);
  });
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (/找到/.test(document.querySelector(".search-status")?.textContent)) window.answeredAt ??= performance.now();
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(`${site.base}search/index.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => window.answeredAt, null, { timeout: 60000 });
  const { waited, hits } = await page.evaluate(() => {
    const files = performance.getEntriesByType("resource").filter(({ name }) => /\/search\/.*\.json$/.test(name));
    const arrived = Math.max(...files.map(({ responseEnd }) => responseEnd).filter((end) => end <= window.answeredAt));
    return { waited: window.answeredAt - arrived, hits: document.querySelectorAll(".hit").length };
  });
  const bytes = [...fetched].map((path) => gzipSync(readFileSync(join(index, path)), { level: 6 }).length);
  rows.push({ query, requests: fetched.size, kB: Math.ceil(bytes.reduce((sum, size) => sum + size, 0) / 1000), waited: Math.round(waited), hits, paths: [...fetched] });
  if (process.env.VERBOSE) console.error(rows.at(-1));
  await close();
}
await browser.close();
site.close();

console.log("| query | kB | requests | ms | hits |\n|---|---|---|---|---|");
const shown = rows.slice(0, queries.length - Number(count));
shown.forEach(({ query, requests, kB, waited, hits }) => console.log(`| ${query} | ${kB} | ${requests} | ${waited} | ${hits} |`));
const rest = rows.slice(shown.length);
for (const part of rest.length ? [0.5, 0.9, 0.95, 1] : []) {
  const at = (field) => rest.map((row) => row[field]).sort((a, b) => a - b)[Math.ceil(part * rest.length) - 1];
  console.log(`| random, ${part * 100} % at most | ${at("kB")} | ${at("requests")} | ${at("waited")} | |`);
}

// Scores of the main pages in Lighthouse: `node lighthouse.mjs`, after `npm ci`. It fetches Lighthouse by npx, uses
// Debian's Chromium, and measures a phone on a slow network, as Lighthouse does by default. SITE and BUDGETSITE as in
// the tests; no test, because its scores depend on what else the machine does.

import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { host, pages, siteFolder, temporaryFolder } from "./support/site.mjs";

const LIGHTHOUSE = "lighthouse@12.8.2";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const { kinds, departments, disclosures } = pages();
const path = (kind) => kinds.find(([name]) => name === kind)[1];
const largest = disclosures.toSorted((one, other) => bytes(other) - bytes(one))[0];
const site = await host("/", { compress: true });
const measured = [["home", "index.html"], ["department", departments[0]], ["disclosure", path("budget")],
  ["largest disclosure", largest], ["search", path("search")]];
console.log(["page", ...CATEGORIES, "first paint", "largest paint", "blocked", "shift"].join(" | "));
for (const [name, page] of measured) {
  const report = await run(site.base + page);
  const scores = CATEGORIES.map((category) => Math.round(report.categories[category].score * 100));
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];
  console.log([name, ...scores, ...times.map((audit) => report.audits[audit].displayValue)].join(" | "));
  for (const category of CATEGORIES) {
    for (const { id, weight } of report.categories[category].auditRefs) {
      const { score, title } = report.audits[id];
      if (weight > 0 && score !== null && score < 1) console.log(`  ${category}: ${id} ${score}: ${title}`);
    }
  }
}
site.close();

function bytes(page) {
  return statSync(join(siteFolder(), page)).size;
}

// The report on an address.
async function run(url) {
  const report = join(temporaryFolder(), "report.json");
  const flags = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-quic"].join(" ");
  const options = ["--quiet", "--output=json", `--output-path=${report}`, `--chrome-flags=${flags}`];
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" };
  await promisify(execFile)("npx", ["--yes", LIGHTHOUSE, url, ...options], { env });
  return JSON.parse(readFileSync(report, "utf8"));
}

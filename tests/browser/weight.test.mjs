// What readers have to load, compressed as hosts do it: limits in thousands of bytes.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { pages, siteFolder } from "./support/site.mjs";

const size = (path) => gzipSync(readFileSync(join(siteFolder(), path)), { level: 6 }).length / 1000;

// A page with everything that its markup loads.
function weight(path) {
  const html = readFileSync(join(siteFolder(), path), "utf8");
  const links = [...html.matchAll(/<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:href|src)="([^"]+)"/g)];
  assert.ok(links.length > 2, `${path} loads hardly anything`);
  return [path, ...links.map(([, link]) => join(dirname(path), link))].map(size).reduce((sum, one) => sum + one, 0);
}

test("the home page weighs 60 kB at most", () => {
  assert.ok(weight("index.html") <= 60, `${weight("index.html")} kB`);
});

test("a department weighs 120 kB at most", () => {
  const heavy = pages().departments.map((path) => [path, weight(path)]).filter(([, kilobytes]) => kilobytes > 120);
  assert.deepEqual(heavy, []);
});

test("all scripts together weigh 30 kB at most", () => {
  const scripts = readdirSync(join(siteFolder(), "static")).filter((name) => name.endsWith(".js"));
  const kilobytes = scripts.map((name) => size(join("static", name))).reduce((sum, one) => sum + one, 0);
  assert.ok(scripts.length > 0 && kilobytes <= 30, `${kilobytes} kB in ${scripts}`);
});

// A built site to test, and the ways in which a reader can get at it: a host that serves it below a path, a folder on
// a disk, the preview of `budgetsite serve`.
//
// BUDGETSITE  the program (default: the release or debug build of this repository)
// SITE        a folder that it built (default: the shipped content, built into a temporary folder)

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

export const repository = resolve(fileURLToPath(import.meta.url), "../../../..");

export const program = process.env.BUDGETSITE ??
  ["release", "debug"].map((profile) => join(repository, "target", profile, "budgetsite")).find(existsSync);

const temporary = [];
process.on("exit", () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

// A new folder that goes with this process.
export function temporaryFolder() {
  temporary.push(mkdtempSync(join(tmpdir(), "budgetsite-")));
  return temporary.at(-1);
}

let folder = process.env.SITE && resolve(process.env.SITE);

// The folder of the built site.
export function siteFolder() {
  if (!folder) {
    folder = join(temporaryFolder(), "public");
    execFileSync(program, ["build", "--root", repository, "--out", folder], { stdio: "ignore" });
  }
  return folder;
}

// One page of each kind by a word for it, and the pages that have something to try.
export function pages() {
  return (known ??= sorted());
}

let known;

function sorted() {
  const all = htmlFiles(siteFolder());
  const first = (pattern) => all.find((path) => pattern.test(path));
  const kinds = {
    home: "index.html",
    regions: "regions/index.html",
    region: first(/^regions\/[^/]+\/index/),
    departments: "departments/index.html",
    department: first(/^departments\/[^/]+\/index/),
    budget: first(/^departments\/[^/]+\/[^/]+-budget\/index/),
    final: first(/^departments\/[^/]+\/[^/]+-final\/index/),
    source: first(/^departments\/.*\/source\/index/),
    embed: first(/^departments\/[^/]+\/embed\/[^/]+\/index/),
    "three-public": "three-public/index.html",
    projects: "projects/index.html",
    project: first(/^projects\/[^/]+\/index/),
    functions: "functions/index.html",
    function: first(/^functions\/[^/]+\/index/),
    economic: "economic/index.html",
    "economic item": first(/^economic\/[^/]+\/index/),
    compare: "compare/index.html",
    glossary: "glossary/index.html",
    guide: "guide/index.html",
    about: "about/index.html",
    status: "status/index.html",
    changes: "changes/index.html",
    search: "search/index.html",
    checks: "checks/index.html",
    rule: first(/^checks\/[^/]+\/index/),
    data: "data/index.html",
    method: "method/index.html",
    "not found": "404.html",
  };
  const holding = (markup) => all.filter((path) => readFileSync(join(siteFolder(), path), "utf8").includes(markup));
  return {
    kinds: Object.entries(kinds),
    disclosures: all.filter((path) => /^departments\/[^/]+\/\d{4}-(budget|final)[^/]*\/index/.test(path)),
    departments: all.filter((path) => /^departments\/[^/]+\/index/.test(path)),
    withCharts: holding('<svg class="chart'),
  };
}

function htmlFiles(root) {
  return readdirSync(root, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
}

// The address of a page of the folder on the disk.
export const fileUrl = (path) => pathToFileURL(join(siteFolder(), path)).href;

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".csv": "text/csv; charset=utf-8", ".svg": "image/svg+xml", ".txt": "text/plain",
};

// Serves the folder as a static host does, below a path, and nothing else; compressed where that is asked for.
export async function host(path = "/budget/portal/", { compress = false } = {}) {
  const root = siteFolder();
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = asked.startsWith(path) ? join(root, asked.slice(path.length)) : null;
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = file && !relative(root, file).startsWith("..") && existsSync(file);
    const shown = found ? file : join(root, "404.html");
    const encoding = compress ? { "content-encoding": "gzip" } : {};
    response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(shown)] ?? "application/octet-stream", ...encoding });
    const bytes = readFileSync(shown);
    response.end(request.method === "HEAD" ? undefined : compress ? gzipSync(bytes) : bytes);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${server.address().port}${path}`;
  return { base, close: () => { server.closeAllConnections(); server.close(); } };
}

// Runs `budgetsite serve` on a site; `base` is the address that it tells.
export async function preview(root) {
  const child = spawn(program, ["serve", "--root", root, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  const base = await new Promise((ready, failed) => {
    child.on("exit", (code) => failed(new Error(`budgetsite serve ended with ${code}: ${said}`)));
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (address) ready(address[0]);
    });
  });
  const ended = new Promise((done) => child.on("exit", (code) => done(code)));
  return { base, stop: () => { child.kill("SIGINT"); return ended; } };
}

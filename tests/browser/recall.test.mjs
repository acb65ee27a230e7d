// Nothing is missed and nothing is added: a thousand pieces of the records' texts, searched in the browser by the
// page's own engine, against a scan of all records.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, reader } from "./support/browser.mjs";
import { host, siteFolder } from "./support/site.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), host()]); });
after(async () => { await browser.close(); site.close(); });

const FIELDS = ["name", "alias", "code", "text", "amount"];

// The texts of all records with their numbers, folded as docs/search-index.md says, one field per line.
function scan() {
  const file = (path) => JSON.parse(readFileSync(join(siteFolder(), "search", `${path}.json`), "utf8"));
  const manifest = file("manifest"), glyphs = Array.from(manifest.glyphs), simple = new Map();
  for (let at = 0; at < glyphs.length; at += 2) simple.set(glyphs[at], glyphs[at + 1]);
  const fold = (text) => Array.from(text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)))
    .map((c) => simple.get(c) ?? c).join("").replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/[\s\0-\x20\x7f-\xa0\xad\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"'\u2018-\u201f\u300c-\u300f\u301d-\u301f]/g, "")
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  const { count, group, names } = manifest.docs;
  const name = (shard) => names.substr(Math.floor(shard / group) * 5, 5) + String.fromCharCode(97 + (shard % group));
  return Array.from({ length: count }, (_, shard) => shard).flatMap((shard) => {
    const docs = file(`docs/${name(shard)}`), id = (at) => shard * 4096 + at;
    const record = (at) => FIELDS.flatMap((field) => (docs[field]?.[at] ?? "").split("\n").map(fold)).join("\n");
    return docs.name.map((_, at) => ({ id: id(at), text: record(at) }));
  });
}

// So many numbers, and a number that tells one list from another: a site may have a hundred thousand hits for a piece.
const SUMMARY = `(ids) => {
  let hash = 0x811c9dc5;
  for (const id of ids.sort((left, right) => left - right)) hash = Math.imul(hash ^ id, 0x01000193) >>> 0;
  return ids.length + " " + hash;
}`;

// Pieces of two to nine characters, cut out of the records at places that are always the same.
function pieces(texts, wanted) {
  let state = 20240229;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % Math.max(below, 1);
  };
  const found = [];
  while (found.length < wanted) {
    const lines = texts[random(texts.length)].text.split("\n").map((line) => Array.from(line)), line = lines[random(lines.length)];
    const start = random(line.length - 1), piece = line.slice(start, start + 2 + random(8));
    if (piece.length > 1) found.push(piece.join(""));
  }
  return found;
}

test("a thousand pieces are found wherever they stand, and nowhere else", { timeout: 600_000 }, async () => {
  const texts = scan(), wanted = pieces(texts, 1000);
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}search/index.html?q=${encodeURIComponent(wanted[0])}`);
  await page.waitForFunction(() => document.querySelector(".hit"));
  const answers = await page.evaluate(async ([queries, summary]) => {
    const sum = (0, eval)(summary), base = new URL(document.getElementById("search-results").dataset.index, location.href), kept = new Map();
    const read = (path) => {
      if (!kept.has(path)) kept.set(path, fetch(new URL(path, base)).then((reply) => reply.json()));
      return kept.get(path);
    };
    const file = (path) => read(path.endsWith(".json") ? path : `${path}.json`);
    const { search } = window.BUDGETSITE_SEARCH_ENGINE.open(await file("manifest"), file), all = [];
    for (const query of queries) all.push(sum((await search(query)).hits.map(({ id }) => id)));
    return all;
  }, [wanted.map((piece) => `"${piece}"`), SUMMARY]);
  const sum = (0, eval)(SUMMARY);
  const held = (piece) => texts.flatMap(({ text, id }) => (text.includes(piece) ? [id] : []));
  const wrong = wanted.filter((piece, at) => answers[at] !== sum(held(piece)));
  assert.deepEqual(wrong, []);
  await close();
});

// Texts of the search: how they are folded before they are compared, the words of a query, the n-grams of a word.
// docs/search-index.md describes all of it; src/search/{normalize,gram,nearest}.rs do the same.
(() => {
  "use strict";
  const BLANK = /[\0- \x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;
  const QUOTE = /["'\u2018-\u201f\u300c-\u300f\u301d-\u301f]/;
  const WORD = new RegExp(`"[^"]*"(?=${BLANK.source}|$)|[^${BLANK.source.slice(1, -1)}]+`, "g");
  const LETTER = /[\p{Alphabetic}\p{N}]/u;
  const THOUSANDS = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;
  const glyphs = new Map();

  const charsOf = (text) => Array.from(text);
  const isSingle = (word) => word.length < 3 && charsOf(word).length < 2;
  const isAscii = (chars) => chars.length && chars.every((c) => c < "\x80");
  const isDropped = (c) => (c < "\u3020" || c === "\ufeff") && (BLANK.test(c) || QUOTE.test(c));

  // Sets the traditional characters and the simplified ones to which they fold, in pairs.
  function setGlyphs(pairs) {
    const chars = charsOf(pairs);
    for (let at = 0; at + 1 < chars.length; at += 2) glyphs.set(chars[at], chars[at + 1]);
  }

  function foldChar(raw) {
    if (raw < "\x80") return raw >= "A" && raw <= "Z" ? raw.toLowerCase() : raw;
    const code = raw.codePointAt(0);
    if (code > 0xff00 && code < 0xff5f) return foldChar(String.fromCharCode(code - 0xfee0));
    return glyphs.get(raw) || raw;
  }

  // The folded text.
  function folded(text) {
    let kept = "";
    for (const raw of text || "") {
      const c = foldChar(raw);
      if (!isDropped(c)) kept += c;
    }
    return kept.includes(",") ? kept.replace(THOUSANDS, "$1") : kept;
  }

  // The folded text, and for each of its UTF-16 units the place of its character in the original.
  function foldedPlaces(original) {
    const kept = [];
    let start = 0, text = "";
    for (const raw of original) {
      const end = start + raw.length, c = foldChar(raw);
      if (!isDropped(c)) {
        kept.push(...(c.length > 1 ? [{ start, end }, { start, end }] : [{ start, end }]));
        text += c;
      }
      start = end;
    }
    const commas = new Set([...text.matchAll(THOUSANDS)].map(({ index }) => index + 1));
    return { text: text.replace(THOUSANDS, "$1"), units: kept.filter((_, at) => !commas.has(at)) };
  }

  // The folded words of a query, each once; "…" between blanks is one word.
  function wordsOf(query) {
    const words = (query.match(WORD) || []).map(folded);
    return [...new Set(words.filter((word) => word && !(isSingle(word) && !LETTER.test(word))))];
  }

  // The n-grams under which a word is looked up: one that begins it, one that ends it, and one between them when it is
  // long and the only word.
  function gramsOf(word, alone) {
    const chars = charsOf(word), all = [];
    if (chars.length < 2) return chars;
    const three = (at) => at >= 0 && at + 3 <= chars.length && isAscii(chars.slice(at, at + 3));
    for (let at = 0; at + 1 < chars.length; at++) {
      if (three(at)) all.push(chars.slice(at, at + 3).join(""));
      else if (!(three(at - 1) && chars[at + 1] < "\x80")) all.push(chars.slice(at, at + 2).join(""));
    }
    const last = all.length - 1;
    const long = last > 4 || (last > 2 && word.includes("."));
    return [...new Set([0, alone && long ? all.length >> 1 : 0, last])].map((at) => all[at]);
  }

  // N-grams of a word that is not found, at most `most`, spread over it.
  function spreadGramsOf(word, most) {
    const chars = charsOf(word);
    const cut = (size) => chars.map((_, at) => chars.slice(at, at + size)).filter((cut) => cut.length === size);
    const all = [...cut(2), ...cut(3).filter(isAscii)].map((gram) => gram.join(""));
    if (chars.length && chars.length < 4) all.push(chars[0]);
    const count = Math.min(most, all.length);
    return [...new Set(Array.from({ length: count }, (_, step) => all[Math.floor((step * all.length) / count)]))];
  }

  // FNV-1a (32 bits) over the code points, modulo the number of shards.
  function shardOf(gram, shards) {
    let hash = 0x811c9dc5;
    for (const c of gram) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193) >>> 0;
    return hash % shards;
  }

  // The least number of characters to insert, drop or replace so that a word stands in a text.
  function distance(word, text) {
    const chars = charsOf(text);
    let row = new Array(chars.length + 1).fill(0);
    charsOf(word).forEach((c, number) => {
      const next = [number + 1];
      chars.forEach((other, at) => {
        next.push(Math.min(row[at] + (c === other ? 0 : 1), row[at + 1] + 1, next[at] + 1));
      });
      row = next;
    });
    return Math.min(...row);
  }

  const text = {
    charsOf, distance, folded, foldedPlaces, gramsOf, isSingle, setGlyphs, shardOf, spreadGramsOf, wordsOf,
    hasLetter: (word) => /\p{Alphabetic}/u.test(word),
  };
  if (typeof module === "object") module.exports = text;
  else window.BUDGETSITE_SEARCH_TEXT = text;
})();

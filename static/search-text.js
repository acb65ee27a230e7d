// Texts of the search: how they are folded before they are compared, the words of a query, the n-grams of a word.
// docs/search-index.md describes all of it; src/search/{normalize,gram,nearest}.rs do the same.
(() => {
  "use strict";
  const BLANK = /[\0- \x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;
  const QUOTE = /["'\u2018-\u201f\u300c-\u300f\u301d-\u301f]/;
  const WORD = new RegExp(`"[^"]*"(?=${BLANK.source}|$)|[^${BLANK.source.slice(1, -1)}]+`, "g");
  const LETTER = /[\p{Alphabetic}\p{N}]/u;
  const THOUSANDS = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;
  const DROPPED = new RegExp(`${BLANK.source.slice(0, -1)}${QUOTE.source.slice(1)}+`, "g");
  const WIDE = /[\uff01-\uff5e]/, WIDES = /[\uff01-\uff5e]/g, CAPITALS = /[A-Z]+/g;
  const BETWEEN = "\ue000";
  const LONGEST = 4; // n-grams of ASCII characters
  const glyphs = new Map();

  const charsOf = (text) => Array.from(text);
  const isSingle = (word) => word.length < 3 && charsOf(word).length < 2;
  const isDropped = (c) => (c < "\u3020" || c === "\ufeff") && (BLANK.test(c) || QUOTE.test(c));

  let traditional = null; // one of the characters that fold to others

  // Sets the traditional characters and the simplified ones to which they fold, in pairs.
  function setGlyphs(pairs) {
    const chars = charsOf(pairs);
    for (let at = 0; at + 1 < chars.length; at += 2) glyphs.set(chars[at], chars[at + 1]);
    traditional = glyphs.size ? new RegExp(`[${[...glyphs.keys()].join("")}]`, "gu") : null;
  }

  function foldChar(raw) {
    if (raw < "\x80") return raw >= "A" && raw <= "Z" ? raw.toLowerCase() : raw;
    const code = raw.codePointAt(0);
    if (code > 0xff00 && code < 0xff5f) return foldChar(String.fromCharCode(code - 0xfee0));
    return glyphs.get(raw) || raw;
  }

  // The folded text.
  function folded(text) {
    let kept = text || "";
    if (WIDE.test(kept)) kept = kept.replace(WIDES, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
    if (traditional) kept = kept.replace(traditional, (c) => glyphs.get(c));
    kept = kept.replace(CAPITALS, (some) => some.toLowerCase()).replace(DROPPED, "");
    return kept.includes(",") ? kept.replace(THOUSANDS, "$1") : kept;
  }

  // The folded texts of a column, quicker than one by one. Between them stands a character that no text has.
  const without = (text) => (text.includes(BETWEEN) ? text.replaceAll(BETWEEN, "") : text);
  const foldedColumn = (texts) => folded(texts.map(without).join(BETWEEN));

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

  // The n-grams that cover a word from its beginning to its end, none within another.
  function coveringGramsOf(word) {
    const chars = charsOf(word);
    if (chars.length < 2) return chars;
    const end = (at) => {
      const other = chars.slice(at, at + LONGEST).findIndex((c) => c >= "\x80");
      return at + Math.max(other < 0 ? Math.min(LONGEST, chars.length - at) : other, 2);
    };
    const starts = chars.slice(1).map((_, at) => at).filter((at) => !at || end(at) > end(at - 1));
    return starts.map((at) => chars.slice(at, end(at)).join(""));
  }

  // The n-grams under which a word is looked up. Of the only word of a query the one that begins it and the rarest of
  // the others, of equally rare ones the last; of one word among several the rarest.
  function gramsOf(word, alone, common) {
    const all = coveringGramsOf(word);
    const rarest = (from) => {
      let best = all.length - 1;
      for (let at = best; at >= from; at--) if (common(all[at]) < common(all[best])) best = at;
      return best;
    };
    const chosen = !alone ? [rarest(0)] : all.length > 1 ? [0, rarest(1)] : [0];
    return all.length ? chosen.map((at) => ({ gram: all[at], first: at === 0 })) : [];
  }

  // N-grams of a word that is not found, at most `most`, spread over it.
  function spreadGramsOf(word, most) {
    const chars = charsOf(word), all = chars.slice(1).map((c, at) => chars[at] + c);
    if (chars.length > 1 && chars.length < 4) all.push(chars[0]);
    const count = Math.min(most, all.length);
    return [...new Set(Array.from({ length: count }, (_, step) => all[Math.floor((step * all.length) / count)]))];
  }

  // The bucket of an n-gram: FNV-1a (32 bits) over the code points, the lower half.
  function bucketOf(gram) {
    let hash = 0x811c9dc5;
    for (const c of gram) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193) >>> 0;
    return hash & 0xffff;
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
    BETWEEN, bucketOf, charsOf, distance, folded, foldedColumn, foldedPlaces, gramsOf, isSingle, setGlyphs, spreadGramsOf, wordsOf,
    hasLetter: (word) => /\p{Alphabetic}/u.test(word),
  };
  if (typeof module === "object") module.exports = text;
  else window.BUDGETSITE_SEARCH_TEXT = text;
})();

// The search engine, without a page: `open(manifest, read)` gives a function that answers queries from the files below
// search/. The index is described in docs/search-index.md; folding, n-grams, candidates and ranking are those of
// src/search/{normalize,reader,query,rank}.rs, and a test holds both to the same answers.
(() => {
  "use strict";
  const BLANK = /[\0- \x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;
  const QUOTE = /["'\u2018-\u201f\u300c-\u300f\u301d-\u301f]/;
  const LETTER = /[\p{Alphabetic}\p{N}]/u;
  const FEW = 256, QUERY_GRAMS = 8;

  const isDigit = (c) => c >= "0" && c <= "9";
  const isAscii = (chars) => chars.every((c) => c < "\x80");
  const isDropped = (c) => (c < "\u3020" || c === "\ufeff") && (BLANK.test(c) || QUOTE.test(c));

  // The folded text, and for each of its UTF-16 units the place of its character in the original.
  function fold(original) {
    const kept = [];
    let start = 0;
    for (const raw of original) {
      const code = raw.codePointAt(0), end = start + raw.length;
      const half = code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : raw;
      const c = half >= "A" && half <= "Z" ? half.toLowerCase() : half;
      if (!isDropped(c)) kept.push({ c, start, end });
      start = end;
    }
    const digit = (at) => at >= 0 && at < kept.length && isDigit(kept[at].c);
    const isThousandsComma = ({ c }, at) =>
      c === "," && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4);
    const chars = kept.filter((char, at) => !isThousandsComma(char, at));
    return {
      text: chars.map(({ c }) => c).join(""),
      units: chars.flatMap((char) => (char.c.length > 1 ? [char, char] : char)),
    };
  }
  const folded = (text) => fold(text).text;

  // The folded words of a query, each once; "…" makes one word of several.
  function wordsOf(query) {
    const parts = query.split('"');
    const pieces = parts.flatMap((part, at) => (at % 2 && at + 1 < parts.length ? [part] : part.split(BLANK)));
    return [...new Set(pieces.map(folded).filter((word) => LETTER.test(word)))];
  }

  // The n-grams that decide where a word can stand.
  function gramsOf(word) {
    const runs = [[]];
    for (const c of word) {
      if (LETTER.test(c)) runs[runs.length - 1].push(c);
      else runs.push([]);
    }
    const long = runs.flatMap((run) => {
      const three = (at) => at >= 0 && at + 3 <= run.length && isAscii(run.slice(at, at + 3));
      const two = (at) => at + 2 <= run.length && !(isAscii(run.slice(at, at + 2)) && (three(at) || three(at - 1)));
      const cut = (wanted, size) =>
        [...run.keys()].filter(wanted).map((at) => run.slice(at, at + size).join(""));
      return [...cut(three, 3), ...cut(two, 2)];
    });
    const grams = [...new Set(long.length ? long : runs.flat())], last = grams.length - 1;
    if (grams.length <= QUERY_GRAMS) return grams;
    return Array.from({ length: QUERY_GRAMS }, (_, i) => grams[Math.floor((i * last) / (QUERY_GRAMS - 1))]);
  }

  // FNV-1a (32 bits) over the code points, modulo the number of shards.
  function shardOf(gram, shards) {
    let hash = 0x811c9dc5;
    for (const c of gram) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193) >>> 0;
    return hash % shards;
  }

  function absolute(differences) {
    let number = 0;
    return differences.map((difference) => (number += difference));
  }

  // The index of the last of ascending numbers that is not above id.
  function lastAtMost(firsts, id) {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= id) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // Where records belong: first one context of each department, then one of each disclosure.
  function contextsOf({ departments, disclosures, regions, kinds }) {
    const owners = departments.name.map((department, i) => {
      const above = [];
      for (let region = departments.region[i]; region >= 0; region = regions.parent[region]) above.push(region);
      const text = [department, ...above.map((region) => regions.name[region])].map(folded).join("\n");
      return { text, department, regions: above, year: 0, kind: -1, account: "", url: `departments/${departments.slug[i]}/` };
    });
    const accounts = disclosures.first.map((_, i) => {
      const owner = owners[disclosures.department[i]], year = disclosures.year[i], kind = disclosures.kind[i];
      const account = kind < 0 ? "" : kinds[kind].label;
      const text = `${owner.text}\n${year ? `${year}年` : ""}\n${folded(account)}`;
      return { ...owner, text, year, kind, account, url: disclosures.url[i] };
    });
    return [...owners, ...accounts];
  }

  const TIERS = { exactName: 0, namePrefix: 1, code: 2, project: 3, term: 4, name: 5, text: 6 };

  // How well a record answers: the tier of the worst of the words in its own text.
  function tierOf(type, name, code, words, own) {
    if (name === words.join("")) return TIERS.exactName;
    const organization = type === "department" || type === "disclosure";
    return Math.max(...words.filter((_, i) => own[i]).map((word) => {
      if (name.startsWith(word) || (organization && name.includes(word))) return TIERS.namePrefix;
      if (code.includes(word)) return TIERS.code;
      if (!name.includes(word)) return TIERS.text;
      return type === "project" ? TIERS.project : type === "term" ? TIERS.term : TIERS.name;
    }));
  }

  // Decimals without their signs: whole parts by length and digits, decimals as text; none is the smallest.
  function bySize(left, right) {
    const [[a, b = ""], [c, d = ""]] = [left, right].map((yuan) => yuan.replace("-", "").split("."));
    return a.length - c.length || (a < c ? -1 : a > c ? 1 : b < d ? -1 : b > d ? 1 : 0);
  }

  function inOrder(left, right) {
    const newest = (hit) => (hit.type === "department" ? 9999 : hit.year);
    return left.tier - right.tier || newest(right) - newest(left) || bySize(right.yuan, left.yuan) || left.id - right.id;
  }

  // Opens an index. `read` gives the JSON of a file by its path below search/. A fallback brings its records along.
  function open(manifest, read) {
    const contexts = contextsOf(manifest), departments = manifest.departments.name.length;
    const contextOf = (id) =>
      contexts[id < departments ? id : departments + lastAtMost(manifest.disclosures.first, id)];

    // The records whose own text holds all n-grams of a word. Short lists first; a long one is only read while many
    // records are left.
    async function holders(word) {
      const files = manifest.grams.file;
      const entries = await Promise.all(gramsOf(word).map(async (gram) => {
        const entry = (await read(`grams/${files[shardOf(gram, files.length)]}.json`))[gram];
        return Array.isArray(entry) ? { count: entry.length, numbers: entry } : entry;
      }));
      if (entries.includes(undefined)) return new Set();
      let known = null;
      for (const { numbers, lists } of entries.sort((left, right) => left.count - right.count)) {
        if (known && lists && known.length <= FEW) continue;
        const parts = numbers ? [numbers] : await Promise.all(lists.map((list) => read(`lists/${list}.json`)));
        const records = parts.flatMap(absolute), held = new Set(records);
        known = known ? known.filter((id) => held.has(id)) : records;
      }
      return new Set(known);
    }

    // The records that may answer: each word in their own text or in their context, at least one in their own.
    async function candidates(words) {
      const own = await Promise.all(words.map(holders));
      const any = [...new Set(own.flatMap((ids) => [...ids]))].sort((left, right) => left - right);
      return any.filter((id) => words.every((word, i) => own[i].has(id) || contextOf(id).text.includes(word)));
    }

    // The record at a place of a shard as a hit, when it really answers.
    function hitsAt(docs, at, id, words) {
      const [name, code, text, amount, yuan, url] =
        ["name", "code", "text", "amount", "yuan", "url"].map((field) => docs[field][at]);
      const fields = [name, code, text, amount].map(folded), all = fields.join("\n"), context = contextOf(id);
      const own = words.map((word) => all.includes(word));
      if (!own.includes(true) || !words.every((word, i) => own[i] || context.text.includes(word))) return [];
      const type = manifest.types[docs.type[at]].id, tier = tierOf(type, fields[0], fields[1], words, own);
      return [{ ...context, id, type, tier, name, code, text, amount, yuan, url: context.url + url }];
    }

    // The hits, the best first, from at most `limit` document shards, and how many shards are left.
    return async function search(query, limit = Infinity) {
      const words = wordsOf(query), hits = [], shards = new Map(), records = manifest.records;
      if (words.length && records) records.id.forEach((id, at) => hits.push(...hitsAt(records, at, id, words)));
      for (const id of words.length && !records ? await candidates(words) : []) {
        const shard = lastAtMost(manifest.docs.first, id);
        if (!shards.has(shard)) shards.set(shard, []);
        shards.get(shard).push(id);
      }
      const wanted = [...shards].slice(0, limit);
      await Promise.all(wanted.map(async ([shard, ids]) => {
        const docs = await read(`docs/${manifest.docs.file[shard]}.json`);
        ids.forEach((id) => hits.push(...hitsAt(docs, id - docs.first, id, words)));
      }));
      return { words, hits: hits.sort(inOrder), left: shards.size - wanted.length };
    };
  }

  const engine = { fold, open };
  if (typeof module === "object") module.exports = engine;
  else window.BUDGETSITE_SEARCH_ENGINE = engine;
})();

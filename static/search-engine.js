// The search engine, without a page: `open(manifest, read)` gives an object that answers queries from the files below
// search/. The index is described in docs/search-index.md; folding, n-grams, candidates and ranking are those of
// src/search/{normalize,gram,lists,candidates,query,rank,nearest}.rs, and tests hold both to the same answers.
(() => {
  "use strict";
  const BLANK = /[\0- \x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;
  const QUOTE = /["'\u2018-\u201f\u300c-\u300f\u301d-\u301f]/;
  const WORD = new RegExp(`"[^"]*"(?=${BLANK.source}|$)|[^${BLANK.source.slice(1, -1)}]+`, "g");
  const LETTER = /[\p{Alphabetic}\p{N}]/u;
  const TIERS = { exactName: 0, namePrefix: 1, code: 2, project: 3, term: 4, name: 5, text: 6 };
  const NAME = "bn", OFFERED = 3, READ = 24, GRAMS = 24, FEW = 10;
  const glyphs = new Map();

  const isDigit = (c) => c >= "0" && c <= "9";
  const isAscii = (chars) => chars.length && chars.every((c) => c < "\x80");
  const isDropped = (c) => (c < "\u3020" || c === "\ufeff") && (BLANK.test(c) || QUOTE.test(c));
  const charsOf = (text) => Array.from(text);
  const isSingle = (word) => word.length < 3 && charsOf(word).length < 2;

  function foldChar(raw) {
    if (raw < "\x80") return raw >= "A" && raw <= "Z" ? raw.toLowerCase() : raw;
    const code = raw.codePointAt(0);
    if (code > 0xff00 && code < 0xff5f) return foldChar(String.fromCharCode(code - 0xfee0));
    return glyphs.get(raw) || raw;
  }

  // The folded text, and for each of its UTF-16 units the place of its character in the original.
  function fold(original) {
    const kept = [];
    let start = 0;
    for (const raw of original) {
      const end = start + raw.length, c = foldChar(raw);
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
  const folded = (text) => (text ? fold(text).text : "");

  // The folded words of a query, each once; "…" between blanks is one word.
  function wordsOf(query) {
    const words = (query.match(WORD) || []).map(folded);
    return [...new Set(words.filter((word) => word && !(isSingle(word) && !LETTER.test(word))))];
  }

  // The n-grams under which a word is looked up: one that begins it, one that ends it, one between them.
  function gramsOf(word) {
    const chars = charsOf(word), all = [];
    if (chars.length < 2) return chars;
    const three = (at) => at >= 0 && at + 3 <= chars.length && isAscii(chars.slice(at, at + 3));
    for (let at = 0; at + 1 < chars.length; at++) {
      if (three(at)) all.push(chars.slice(at, at + 3).join(""));
      else if (!(three(at - 1) && chars[at + 1] < "\x80")) all.push(chars.slice(at, at + 2).join(""));
    }
    const last = all.length - 1;
    return [...new Set([all[0], all[last > 2 ? all.length >> 1 : 0], all[last]])];
  }

  // All n-grams of a word, single characters too, in the order of the index.
  function allGramsOf(word) {
    const chars = charsOf(word), cut = (size) => chars.map((_, at) => chars.slice(at, at + size)).filter((cut) => cut.length === size);
    const inOrder = (left, right) => {
      for (let at = 0; at < left.length; at++) {
        if (left[at] !== right[at]) return left[at].codePointAt(0) - right[at].codePointAt(0);
      }
      return 0;
    };
    const sizes = [cut(1), cut(2), cut(3).filter(isAscii)];
    return [...new Set(sizes.flatMap((grams) => grams.sort(inOrder).map((gram) => gram.join(""))))];
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

  const sorted = (ids) => [...new Set(ids)].sort((left, right) => left - right);
  const has = (ids, id) => ids === null || ids[lastAtMost(ids, id)] === id; // null: too many to list
  const byRank = (left, right) => left.tier - right.tier || left.id - right.id;

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

  // Opens an index. `read` gives the JSON of a file by its path below search/. A fallback brings its records along.
  function open(manifest, read) {
    const { segments, regions } = manifest, types = manifest.types.map(({ id }) => id);
    const pairs = charsOf(manifest.glyphs);
    for (let at = 0; at + 1 < pairs.length; at += 2) glyphs.set(pairs[at], pairs[at + 1]);
    const firsts = [];
    (manifest.docs || []).reduce((first, count) => (firsts.push(first), first + count), 0);
    const load = (path) => read(`${manifest.folder}/${path}.json`);
    const segmentOf = (id) => lastAtMost(segments.first, id);
    const typeOf = (id) => types[segments.type[segmentOf(id)]];
    const shardAt = (id) => lastAtMost(firsts, id);
    const segmentWords = segments.first.map((_, at) => {
      const year = segments.year[at], kind = segments.kind[at];
      return `${year ? `${year}年` : ""}\n${kind < 0 ? "" : folded(manifest.kinds[kind].label)}`;
    });
    const regionsAbove = (region) => (region < 0 ? [] : [region, ...regionsAbove(regions.parent[region])]);

    const nameTier = (type) =>
      type === "department" || type === "disclosure" ? TIERS.namePrefix
        : type === "project" ? TIERS.project : type === "term" ? TIERS.term : TIERS.name;

    function tierOf(type, fields, words, own) {
      if (fields.name === words.join("")) return TIERS.exactName;
      return Math.max(...words.filter((_, i) => own[i]).map((word) => {
        const named = fields.name.includes(word), tier = nameTier(type);
        if (fields.name.startsWith(word) || fields.alias.includes(word)) return TIERS.namePrefix;
        if (named && tier === TIERS.namePrefix) return tier;
        if (fields.code.includes(word)) return TIERS.code;
        return named ? tier : TIERS.text;
      }));
    }

    // The fields of a record in which words are looked for.
    function fieldsOf(type, docs, at) {
      const named = !["paragraph", "row", "finding"].includes(type), name = folded(docs.name[at]);
      const alias = docs.alias ? docs.alias[at].split("\n").map(folded).join("\n") : "";
      const text = [docs.text[at], docs.amount[at]].map(folded);
      return { name: named ? name : "", alias, code: folded(docs.code[at]), text: [...text, named ? "" : name].join("\n") };
    }

    function holds(type, { name, alias, code, text }, word) {
      if (isSingle(word)) return name.startsWith(word) || (type === "department" && name.includes(word));
      return name.includes(word) || alias.includes(word) || code.includes(word) || text.includes(word);
    }

    // The record at a place of a shard as a hit, when it really answers.
    function hitAt(docs, at, id, words) {
      const type = types[docs.type[at]], fields = fieldsOf(type, docs, at), page = docs.page[at];
      const own = words.map((word) => holds(type, fields, word));
      if (!own.includes(true)) return null;
      const segment = segmentOf(id), above = regionsAbove(docs.pages.region[page]), department = docs.pages.department[page];
      const context = [department, ...above.map((region) => regions.name[region])].map(folded).join("\n") + `\n${segmentWords[segment]}`;
      if (!words.every((word, i) => own[i] || (!isSingle(word) && context.includes(word)))) return null;
      const [name, code, text, amount, yuan, url] =
        ["name", "code", "text", "amount", "yuan", "url"].map((field) => docs[field][at]);
      const kind = segments.kind[segment], account = kind < 0 ? "" : manifest.kinds[kind].label;
      return {
        id, type, tier: tierOf(type, fields, words, own), name, code, text, amount, yuan, department, account,
        year: segments.year[segment], url: docs.pages.url[page] + url,
      };
    }

    // The lists of n-grams by field.
    const entriesOf = (grams) => Promise.all(grams.map(async (gram) => (await load(`grams/${shardOf(gram, manifest.grams)}`))[gram] || {}));
    const parts = new Map();
    function partOf(list, part) {
      const key = `${list}-${part}`;
      if (!parts.has(key)) parts.set(key, load(`lists/${key}`).then(absolute));
      parts.get(key).catch(() => parts.delete(key));
      return parts.get(key);
    }

    // The records that hold an n-gram in one of some fields: those listed in the shard, and the longer lists.
    function sourceOf(entry, fields) {
      const lists = [...fields].map((field) => entry[field]).filter(Boolean), short = lists.filter(Array.isArray);
      return {
        ids: short.length === 1 ? absolute(short[0]) : sorted(short.flatMap(absolute)),
        long: lists.filter((list) => !Array.isArray(list)),
        count: lists.reduce((sum, list) => sum + (Array.isArray(list) ? list.length : list.count), 0),
      };
    }
    // The windows in which no long list of these sources has more than one part to read.
    function windowsOf(sources) {
      const starts = sorted([0, ...sources.flatMap(({ long }) => long.flatMap(({ from }) => from.slice(1)))]);
      return starts.map((start, at) => [start, at + 1 < starts.length ? starts[at + 1] : Infinity]);
    }
    async function within(source, [start, end]) {
      const inside = (id) => id >= start && id < end, some = source.ids.filter(inside);
      if (!source.long.length) return some;
      const read = source.long.flatMap(({ list, from }) => {
        const first = lastAtMost(from, start), last = end === Infinity ? from.length - 1 : lastAtMost(from, end - 1);
        return Array.from({ length: last - first + 1 }, (_, at) => partOf(list, first + at));
      });
      return sorted([...some, ...(await Promise.all(read)).flatMap((ids) => ids.filter(inside))]);
    }
    // The records of a window that may stand in all of the sources: all that do, and perhaps a few more.
    async function common(sources, window) {
      const order = [...sources].sort((a, b) => (a.long.length > 0) - (b.long.length > 0) || a.count - b.count);
      let known = null;
      for (const source of order) {
        if (known && (!known.length || (source.long.length && known.length <= FEW))) continue;
        const ids = await within(source, window);
        known = known ? known.filter((id) => has(ids, id)) : ids;
      }
      return known || [];
    }
    // The same from short sources alone; null when there are none, and any record may do.
    function cheap(sources, window) {
      const short = sources.filter(({ long }) => !long.length);
      return short.length ? common(short, window) : null;
    }

    async function lookUp(text) {
      const entries = await entriesOf(gramsOf(text)), last = entries.length - 1;
      const all = (fields) => entries.map((entry) => sourceOf(entry, fields));
      return { text, all, first: (fields) => sourceOf(entries[0], fields), last: (fields) => sourceOf(entries[last], fields) };
    }

    // Candidates in portions, each with the best tier that it can have, and the rank before which none of a later
    // portion stands.
    async function* oneWord(word) {
      const lists = await lookUp(word), ends = lists.last("e");
      const named = (first) => [lists.first(first), ...lists.all(NAME).slice(1)];
      const stages = [
        [named("b"), TIERS.exactName], [lists.all("c"), TIERS.code], [named("n"), TIERS.project], [lists.all("t"), TIERS.text],
      ];
      for (const [at, [sources, best]] of stages.entries()) {
        const after = stages[at + 1] ? { tier: stages[at + 1][1], id: 0 } : null, windows = windowsOf(sources);
        for (const [number, window] of windows.entries()) {
          const ids = await common(sources, window), next = windows[number + 1];
          const whole = best === TIERS.exactName && ids.length > FEW ? await within(ends, window) : ids;
          const bound = (id) =>
            best === TIERS.exactName ? (has(whole, id) ? best : TIERS.namePrefix) : best === TIERS.project ? nameTier(typeOf(id)) : best;
          yield [ids.map((id) => ({ tier: bound(id), id })), next ? { tier: best, id: next[0] } : after];
        }
      }
    }

    async function several(texts) {
      const all = [0, Infinity], least = (sources) => Math.min(...sources.map(({ count }) => count));
      const words = await Promise.all(texts.map(async (text) => {
        const lists = await lookUp(text), fields = [NAME, "c", "t", "x"].map(lists.all);
        return { text, lists, fields, count: fields.reduce((sum, sources) => sum + least(sources), 0) };
      }));
      const rare = words.filter(({ text }) => !segmentWords.some((words) => words.includes(text)));
      const rarest = rare.reduce((one, other) => (one && one.count <= other.count ? one : other), null);
      const wanted = rarest ? rarest.fields : words.flatMap(({ fields }) => fields.slice(0, 3));
      const ids = sorted((await Promise.all(wanted.map((sources) => common(sources, all)))).flat());
      const held = await Promise.all(words.map(async ({ text, lists, fields: [name, code, body, context] }) => ({
        text, begin: await within(lists.first("b"), all), end: await within(lists.last("e"), all), name: await common(name, all),
        code: await common(code, all), body: await cheap(body, all), context: await cheap(context, all),
      })));
      const ownOf = (word, id) =>
        has(word.name, id) && has(word.begin, id) ? TIERS.namePrefix
          : has(word.code, id) ? TIERS.code
            : has(word.name, id) ? nameTier(typeOf(id))
              : has(word.body, id) ? TIERS.text : null;
      const inContext = (word, id) => has(word.context, id) || segmentWords[segmentOf(id)].includes(word.text);
      return ids.flatMap((id) => {
        const bounds = held.map((word) => ({ own: ownOf(word, id), context: inContext(word, id) }));
        if (bounds.some(({ own, context }) => own === null && !context)) return [];
        const whole = held.every(({ name }) => has(name, id)) && has(held[0].begin, id) && has(held[held.length - 1].end, id);
        if (whole) return [{ tier: TIERS.exactName, id }];
        // A word that the context may hold need not stand in the record, where it could make the answer worse.
        const needed = bounds.filter(({ context }) => !context).map(({ own }) => own);
        if (needed.length) return [{ tier: Math.max(...needed), id }];
        const some = bounds.map(({ own }) => own).filter((own) => own !== null);
        return some.length ? [{ tier: Math.min(...some), id }] : [];
      });
    }

    async function* portions(words) {
      if (words.length === 1) yield* oneWord(words[0]);
      else if (words.length) yield [await several(words), null];
    }

    // What facets ask for, by the number of a record: `wanted` maps region, year, kind, type, range and class to words.
    const fast = {
      year: (id) => `${segments.year[segmentOf(id)]}`,
      kind: (id) => (manifest.kinds[segments.kind[segmentOf(id)]] || { id: "" }).id,
      type: typeOf,
      range: (id) => manifest.ranges[segments.range[segmentOf(id)]].id,
    };
    async function slow(ids) {
      const shards = new Map();
      const wanted = [...new Set(ids.map((id) => Math.floor(id / manifest.facets)))];
      await Promise.all(wanted.map(async (shard) => shards.set(shard, await load(`facets/${shard}`))));
      const at = (id, field) => shards.get(Math.floor(id / manifest.facets))[field][id % manifest.facets];
      return {
        region: (id) => regionsAbove(at(id, "region")).map((region) => regions.slug[region]),
        class: (id) => { const number = at(id, "class"); return number < 0 ? [] : [manifest.classes[number].id]; },
      };
    }
    // The same for a fallback, whose records are all at hand.
    function atHand() {
      const { records } = manifest, at = new Map(manifest.id.map((id, at) => [id, at]));
      return {
        region: (id) => regionsAbove(records.pages.region[records.page[at.get(id)]]).map((region) => regions.slug[region]),
        class: (id) => {
          const code = records.code[at.get(id)].slice(0, 3);
          return typeOf(id) === "function" && manifest.classes.some(({ id }) => id === code) ? [code] : [];
        },
      };
    }
    async function filter(ranks, wanted) {
      const quick = Object.entries(fast).filter(([name]) => wanted[name]);
      const left = ranks.filter(({ id }) => quick.every(([name, of]) => of(id) === wanted[name]));
      if (!left.length || !(wanted.region || wanted.class)) return left;
      const of = manifest.records ? atHand() : await slow(left.map(({ id }) => id));
      return left.filter(({ id }) => ["region", "class"].every((name) => !wanted[name] || of[name](id).includes(wanted[name])));
    }

    // Names that hold something like one of the words, the nearest first.
    async function nearest(words) {
      const found = [];
      for (const word of words.filter((word) => !isSingle(word))) {
        const shared = new Map();
        for (const entry of await entriesOf(allGramsOf(word).slice(0, GRAMS))) {
          for (const list of [entry.b, entry.n].filter(Boolean)) {
            for (const id of Array.isArray(list) ? absolute(list) : await partOf(list.list, 0)) shared.set(id, (shared.get(id) || 0) + 1);
          }
        }
        const other = (id) => (typeOf(id) === "department" ? 0 : 1);
        const alike = [...shared].sort(([a, m], [b, n]) => n - m || other(a) - other(b) || a - b).slice(0, READ);
        await Promise.all(alike.map(async ([id]) => {
          const docs = await load(`docs/${shardAt(id)}`), at = id - docs.first, fields = fieldsOf(typeOf(id), docs, at);
          const far = Math.min(...[fields.name, ...fields.alias.split("\n").filter(Boolean)].map((line) => distance(word, line)));
          if (far <= charsOf(word).length >> 1) found.push({ far, id, name: docs.name[at] });
        }));
      }
      found.sort((left, right) => left.far - right.far || left.id - right.id);
      return [...new Set(found.map(({ name }) => name))].slice(0, OFFERED);
    }

    // The best `limit` hits, how many records answer as far as that is known, the numbers of all that may, and names
    // that resemble the query when nothing answers it. `wanted` are the facets that are chosen.
    async function search(query, limit = Infinity, wanted = {}) {
      const words = wordsOf(query), hits = [];
      let pending = [], counted = true;
      const enough = (rank) => hits.length >= limit && byRank(hits[limit - 1], rank) < 0;
      async function settle(horizon) {
        while (pending.length && !enough(pending[0]) && !(horizon && byRank(pending[0], horizon) >= 0)) {
          const lacking = limit - hits.length > 0 ? Math.min(limit - hits.length, pending.length) : 1;
          const shards = new Set();
          for (const rank of pending.slice(0, lacking)) {
            if (horizon && byRank(rank, horizon) >= 0) break;
            shards.add(shardAt(rank.id));
          }
          const docs = new Map();
          await Promise.all([...shards].map(async (shard) => docs.set(shard, await load(`docs/${shard}`))));
          const left = [];
          for (const rank of pending) {
            const shard = docs.get(shardAt(rank.id));
            const hit = shard ? hitAt(shard, rank.id - shard.first, rank.id, words) : null;
            if (hit) hits.push(hit);
            else if (!shard) left.push(rank);
          }
          pending = left;
          hits.sort(byRank);
        }
      }
      if (manifest.records) {
        const all = words.length ? manifest.id.map((id, at) => hitAt(manifest.records, at, id, words)) : [];
        hits.push(...(await filter(all.filter(Boolean), wanted)));
        hits.sort(byRank);
      } else {
        const seen = new Set();
        for await (const [ranks, horizon] of portions(words)) {
          const fresh = ranks.filter(({ id }) => !seen.has(id) && seen.add(id));
          pending = [...pending, ...(await filter(fresh, wanted))].sort(byRank);
          await settle(horizon);
          if (horizon && enough(horizon)) { counted = false; break; }
        }
      }
      const total = hits.length + pending.length, ids = [...hits, ...pending].map(({ id }) => id);
      const offered = total || manifest.records || !words.length || Object.values(wanted).some(Boolean) ? [] : await nearest(words);
      return { words, hits: hits.slice(0, limit), total, counted: counted && !pending.length, ids, nearest: offered };
    }

    // How many of the records that may answer each facet would leave, the other facets as they are chosen.
    async function count(query, wanted = {}) {
      const words = wordsOf(query), ids = new Set();
      if (manifest.records) (await search(query)).ids.forEach((id) => ids.add(id));
      else for await (const [ranks] of portions(words)) ranks.forEach(({ id }) => ids.add(id));
      const all = [...ids], of = all.length ? (manifest.records ? atHand() : await slow(all)) : {};
      const values = (name, id) => (fast[name] ? [fast[name](id)] : of[name](id)), counts = {};
      const names = [...Object.keys(fast), "region", "class"];
      for (const name of names) {
        counts[name] = {};
        const others = names.filter((other) => other !== name && wanted[other]);
        for (const id of all) {
          if (!others.every((other) => values(other, id).includes(wanted[other]))) continue;
          values(name, id).forEach((value) => { counts[name][value] = (counts[name][value] || 0) + 1; });
        }
      }
      return counts;
    }

    return { search, count };
  }

  const engine = { fold, open };
  if (typeof module === "object") module.exports = engine;
  else window.BUDGETSITE_SEARCH_ENGINE = engine;
})();

// The search engine, without a page: `open(manifest, read)` gives an object that answers queries from the files below
// search/. The index is described in docs/search-index.md; src/search/{query,rank,nearest}.rs do the same, and tests
// hold both to the same answers. Texts are folded in search-text.js, candidates come from search-candidates.js.
(() => {
  "use strict";
  const inNode = typeof module === "object";
  const text = inNode ? require("./search-text.js") : window.BUDGETSITE_SEARCH_TEXT;
  const candidates = inNode ? require("./search-candidates.js") : window.BUDGETSITE_SEARCH_CANDIDATES;
  const { folded, isSingle } = text, { TIERS, lastAtMost } = candidates;
  const OFFERED = 3, READ = 2, GRAMS = 4, COUNTED = 20000;

  const byRank = (left, right) => left.tier - right.tier || left.id - right.id;

  const WITHIN = { department: TIERS.namePrefix, disclosure: TIERS.namePrefix, project: TIERS.project, term: TIERS.term };

  // How a word stands in a record's own fields; null when it does not.
  function wordTier(type, { name, alias, code, text }, word) {
    const named = name.includes(word), within = WITHIN[type] || TIERS.name;
    if (isSingle(word)) return name.startsWith(word) || (type === "department" && named) ? TIERS.namePrefix : null;
    if (name.startsWith(word) || alias.includes(word) || (named && within === TIERS.namePrefix)) return TIERS.namePrefix;
    if (code.includes(word)) return TIERS.code;
    return named ? within : text.includes(word) ? TIERS.text : null;
  }

  // The best tier at which each word stands in the own fields or in the context, and one in the own fields.
  function tierOf({ name }, words, own, context) {
    const some = own.filter((tier) => tier !== null), elsewhere = own.filter((_, at) => !context[at]);
    if (!some.length || elsewhere.includes(null)) return null;
    if (name === words.join("")) return TIERS.exactName;
    return elsewhere.length ? Math.max(...elsewhere) : Math.min(...some);
  }

  // The folded fields of a record in which words are looked for.
  function fieldsOf(type, docs, at) {
    const kept = (docs.folded ||= []);
    if (kept[at]) return kept[at];
    const named = !["paragraph", "row", "finding"].includes(type), name = folded(docs.name[at]);
    const alias = docs.alias ? docs.alias[at].split("\n").map(folded).join("\n") : "";
    const text = [docs.text[at], docs.amount[at]].map(folded);
    return (kept[at] = {
      name: named ? name : "", alias, code: folded(docs.code[at]), text: [...text, named ? "" : name].join("\n"),
    });
  }

  // Opens an index. `read` gives the JSON of a file by its path below search/. A fallback brings its records along.
  function open(manifest, read) {
    const { segments, regions } = manifest, types = manifest.types.map(({ id }) => id);
    text.setGlyphs(manifest.glyphs);
    const firsts = [];
    (manifest.docs || []).reduce((first, count) => (firsts.push(first), first + count), 0);
    const load = (path) => read(`${manifest.folder}/${path}.json`);
    const segmentOf = (id) => lastAtMost(segments.first, id);
    const shardAt = (id) => lastAtMost(firsts, id);
    const words = segments.first.map((_, at) => {
      const year = segments.year[at], kind = segments.kind[at];
      return `${year ? `${year}年` : ""}\n${kind < 0 ? "" : folded(manifest.kinds[kind].label)}`;
    });
    const segmentWords = (id) => words[segmentOf(id)], namesSegment = (word) => words.some((words) => words.includes(word));
    const index = candidates.lists({ manifest, load, segmentWords, namesSegment });
    const regionsAbove = (region) => (region < 0 ? [] : [region, ...regionsAbove(regions.parent[region])]);
    const regionWords = regions.name.map((_, at) => regionsAbove(at).map((region) => folded(regions.name[region])).join("\n"));

    // The record at a place of a shard as a hit, when it really answers.
    function hitAt(docs, at, id, words) {
      const type = types[docs.type[at]], fields = fieldsOf(type, docs, at), page = docs.page[at];
      const own = words.map((word) => wordTier(type, fields, word));
      if (own.every((tier) => tier === null)) return null;
      const department = docs.pages.department[page];
      const context = () => [folded(department), regionWords[docs.pages.region[page]] || "", segmentWords(id)].join("\n");
      const around = words.length > 1 || own[0] === null ? context() : "";
      const tier = tierOf(fields, words, own, words.map((word) => !isSingle(word) && around.includes(word)));
      if (tier === null) return null;
      const [name, code, text, amount, yuan, url] =
        ["name", "code", "text", "amount", "yuan", "url"].map((field) => docs[field][at]);
      const segment = segmentOf(id), kind = segments.kind[segment], account = kind < 0 ? "" : manifest.kinds[kind].label;
      return {
        id, type, tier, name, code, text, amount, yuan, department, account,
        year: segments.year[segment], url: docs.pages.url[page] + url,
      };
    }

    // What facets ask for, by the number of a record: `wanted` maps region, year, kind, type, range and class to words.
    const fast = {
      year: (id) => `${segments.year[segmentOf(id)]}`,
      kind: (id) => (manifest.kinds[segments.kind[segmentOf(id)]] || { id: "" }).id,
      range: (id) => manifest.ranges[segments.range[segmentOf(id)]].id,
    };
    const SLOW = ["region", "type", "class"];
    async function slow(ids) {
      if (manifest.records) return atHand();
      const shards = new Map(), shardOf = (id) => Math.floor(id / manifest.facets);
      await Promise.all([...new Set(ids.map(shardOf))].map(async (shard) => shards.set(shard, await load(`facets/${shard}`))));
      const at = (id, field) => shards.get(shardOf(id))[field][id % manifest.facets];
      return {
        region: (id) => regionsAbove(at(id, "region")).map((region) => regions.slug[region]),
        class: (id) => { const number = at(id, "class"); return number < 0 ? [] : [manifest.classes[number].id]; },
        type: (id) => [types[at(id, "type")]],
      };
    }
    // The same for a fallback, whose records are all at hand.
    function atHand() {
      const { records } = manifest, at = new Map(manifest.id.map((id, at) => [id, at]));
      const type = (id) => types[records.type[at.get(id)]];
      return {
        region: (id) => regionsAbove(records.pages.region[records.page[at.get(id)]]).map((region) => regions.slug[region]),
        class: (id) => {
          const code = records.code[at.get(id)].slice(0, 3);
          return type(id) === "function" && manifest.classes.some(({ id }) => id === code) ? [code] : [];
        },
        type: (id) => [type(id)],
      };
    }
    async function filter(ranks, wanted) {
      const quick = Object.entries(fast).filter(([name]) => wanted[name]);
      const left = ranks.filter(({ id }) => quick.every(([name, of]) => of(id) === wanted[name]));
      if (!left.length || !SLOW.some((name) => wanted[name])) return left;
      const of = await slow(left.map(({ id }) => id));
      return left.filter(({ id }) => SLOW.every((name) => !wanted[name] || of[name](id).includes(wanted[name])));
    }

    // Names that hold something like the longest of the words, the nearest first. Words without letters have none.
    async function nearest(words) {
      const found = [], departments = manifest.counts.by_type.department, length = (word) => text.charsOf(word).length;
      const named = words.filter((word) => !isSingle(word) && text.hasLetter(word));
      for (const word of named.sort((left, right) => length(right) - length(left)).slice(0, 1)) {
        const shared = new Map(), shards = new Map();
        const lists = await Promise.all((await index.entriesOf(text.spreadGramsOf(word, GRAMS))).map(index.namesOf));
        lists.forEach((ids) => ids.forEach((id) => shared.set(id, (shared.get(id) || 0) + 1)));
        const other = (id) => (id < departments ? 0 : 1);
        for (const [id] of [...shared].sort(([a, m], [b, n]) => n - m || other(a) - other(b) || a - b)) {
          const shard = shardAt(id);
          if (shards.has(shard)) shards.get(shard).push(id);
          else if (shards.size < READ) shards.set(shard, [id]);
        }
        await Promise.all([...shards].map(async ([shard, ids]) => {
          const docs = await load(`docs/${shard}`);
          for (const id of ids) {
            const at = id - docs.first, { name, alias } = fieldsOf(types[docs.type[at]], docs, at);
            const far = Math.min(...[name, ...alias.split("\n").filter(Boolean)].map((line) => text.distance(word, line)));
            if (far <= length(word) >> 1) found.push({ far, id, name: docs.name[at] });
          }
        }));
      }
      found.sort((left, right) => left.far - right.far || left.id - right.id);
      return [...new Set(found.map(({ name }) => name))].slice(0, OFFERED);
    }

    // The best `limit` hits, how many records answer as far as that is known, the numbers of all that may, and names
    // that resemble the query when nothing answers it. `wanted` are the facets that are chosen.
    async function search(query, limit = Infinity, wanted = {}) {
      const words = text.wordsOf(query);
      let hits = [], pending = [], counted = true; // what may answer stands in the order of its ranks
      const enough = (rank) => hits.length >= limit && byRank(hits[limit - 1], rank) < 0;
      async function settle(horizon) {
        while (pending.length && !enough(pending[0]) && !(horizon && byRank(pending[0], horizon) >= 0)) {
          const lacking = Math.max(Math.min(limit - hits.length, pending.length), 1), shards = new Set();
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
        hits = (await filter(all.filter(Boolean), wanted)).sort(byRank);
      } else {
        const seen = new Set();
        for await (const [ranks, horizon] of index.portions(words)) {
          const fresh = ranks.filter(({ id }) => !seen.has(id) && seen.add(id));
          pending = pending.concat(await filter(fresh, wanted));
          await settle(horizon);
          if (horizon && enough(horizon)) { counted = false; break; }
        }
      }
      const total = hits.length + pending.length;
      const offered = total || manifest.records || !words.length || Object.values(wanted).some(Boolean) ? [] : await nearest(words);
      return { words, hits: hits.slice(0, limit), total, counted: counted && !pending.length, nearest: offered };
    }

    // How many of the records that may answer each facet would leave, the other facets as they are chosen. Of very many
    // records the first are counted, and `complete` is false.
    async function count(query, wanted = {}) {
      const words = text.wordsOf(query), ids = new Set(), counts = {};
      let complete = true;
      if (manifest.records) (await search(query)).hits.forEach(({ id }) => ids.add(id));
      else for await (const [ranks] of index.portions(words, 0)) {
        ranks.forEach(({ id }) => ids.add(id));
        if (ids.size > COUNTED) { complete = false; break; }
      }
      const all = [...ids], of = all.length ? await slow(all) : {};
      const values = (name, id) => (fast[name] ? [fast[name](id)] : of[name](id));
      const names = [...Object.keys(fast), ...SLOW];
      for (const name of names) {
        counts[name] = {};
        const others = names.filter((other) => other !== name && wanted[other]);
        for (const id of all) {
          if (!others.every((other) => values(other, id).includes(wanted[other]))) continue;
          values(name, id).forEach((value) => { counts[name][value] = (counts[name][value] || 0) + 1; });
        }
      }
      return { counts, complete };
    }

    return { search, count };
  }

  const engine = { foldedPlaces: text.foldedPlaces, open };
  if (inNode) module.exports = engine;
  else window.BUDGETSITE_SEARCH_ENGINE = engine;
})();

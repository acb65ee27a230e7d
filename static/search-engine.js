// The search engine, without a page: `open(manifest, read)` gives an object that answers queries from the files below
// search/. The index is described in docs/search-index.md; src/search/{query,rank,nearest}.rs do the same, and tests
// hold both to the same answers. Texts are folded in search-text.js, candidates come from search-candidates.js.
(() => {
  "use strict";
  const inNode = typeof module === "object";
  const text = inNode ? require("./search-text.js") : window.BUDGETSITE_SEARCH_TEXT;
  const candidates = inNode ? require("./search-candidates.js") : window.BUDGETSITE_SEARCH_CANDIDATES;
  const { folded, isSingle } = text, { FEW, SLOTS, TIERS, nameOf, shardOf } = candidates;
  const OFFERED = 3, READ = 2, GRAMS = 4;
  const AT_ONCE = 2; // shards that are loaded at the same time: more would load some that are not needed
  const IN_WHOLE = 4; // so many records or more hold what is filed under a whole shard
  const COUNTED = 16; // shards whose hits the facets count
  const MERGED = ["name", "alias", "code", "text", "amount"]; // the columns in which words are looked for

  const byRank = (left, right) => left.tier - right.tier || left.id - right.id;

  const CLASSED = ["function", "procurement"]; // their codes begin with a functional class
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
    if (words.length === 1 && name === words[0]) return TIERS.exactName;
    return elsewhere.length ? Math.max(...elsewhere) : Math.min(...some);
  }

  // The folded columns of a shard, each as one text and as its parts.
  function columnsOf(docs) {
    if (!docs.columns) {
      docs.columns = {};
      for (const field of MERGED.filter((field) => docs[field])) {
        const whole = field === "alias"
          ? docs.alias.map((lines) => lines.split("\n").map(folded).join("\n")).join(text.BETWEEN)
          : text.foldedColumn(docs[field]);
        docs.columns[field] = { whole, parts: null };
      }
    }
    return docs.columns;
  }
  function part(docs, field, at) {
    const column = columnsOf(docs)[field];
    if (!column) return "";
    column.parts ||= column.whole.split(text.BETWEEN);
    return column.parts[at];
  }

  const NAMELESS = ["paragraph", "row", "finding"];

  // The folded fields of a record in which words are looked for.
  function fieldsOf(type, docs, at) {
    const name = part(docs, "name", at), named = !NAMELESS.includes(type);
    const texts = [part(docs, "text", at), part(docs, "amount", at), named ? "" : name];
    return { name: named ? name : "", alias: part(docs, "alias", at), code: part(docs, "code", at), text: texts.join("\n") };
  }

  // The records of a shard that hold a word in one of their fields, by their places in the shard.
  function holdersOf(docs, word) {
    const holders = new Set();
    for (const field of isSingle(word) ? ["name"] : MERGED) {
      const whole = columnsOf(docs)[field]?.whole || "";
      let record = 0, counted = 0;
      for (let at = whole.indexOf(word); at >= 0;) {
        for (let end = whole.indexOf(text.BETWEEN, counted); end >= 0 && end < at; end = whole.indexOf(text.BETWEEN, counted)) {
          record++;
          counted = end + 1;
        }
        holders.add(record);
        const end = whole.indexOf(text.BETWEEN, at);
        at = end < 0 ? -1 : whole.indexOf(word, end);
      }
    }
    return holders;
  }

  // Opens an index. `read` gives the JSON of a file by its path below search/. A fallback brings its records along.
  function open(manifest, read) {
    const { regions } = manifest, types = manifest.types.map(({ id }) => id), fallback = manifest.records;
    text.setGlyphs(manifest.glyphs);
    const kindAt = (kind) => (kind < 0 ? { id: "", label: "" } : manifest.kinds[kind]);
    const accountWords = (year, kind) => `${year ? `${year}年` : ""}\n${folded(kindAt(kind).label)}`;
    const segmentWords = fallback ? [] : manifest.segments.year.map((year, at) => accountWords(year, manifest.segments.kind[at]));
    const files = new Set(); // what was read
    const once = (path) => {
      files.add(path);
      return read(path);
    };
    const index = fallback ? null : candidates.lists({ manifest, read: once, segmentWords });
    const shardCount = fallback ? 0 : manifest.docs.count;
    const loaded = new Set(); // the shards of records among them
    const load = (shard) => {
      loaded.add(shard);
      return once(`docs/${nameOf(manifest.docs, shard)}.json`);
    };
    const regionsAbove = (region) => (region < 0 ? [] : [region, ...regionsAbove(regions.parent[region])]);
    const regionWords = regions.name.map((_, at) => regionsAbove(at).map((region) => folded(regions.name[region])).join("\n"));

    // The range of an amount, by the number of its digits before the point.
    function rangeOf(yuan) {
      const digits = yuan ? yuan.replace("-", "").split(".")[0].length : 0;
      return manifest.ranges.find((range) => digits >= range.digits).id;
    }

    // The record at a place of a shard as a hit, when it really answers.
    function hitAt(docs, at, id, words) {
      const type = types[docs.type[at]], fields = fieldsOf(type, docs, at), { pages } = docs, page = docs.page[at];
      const own = words.map((word) => wordTier(type, fields, word));
      if (own.every((tier) => tier === null)) return null;
      const department = pages.department[page], year = pages.year[page], kind = pages.kind[page];
      const around = words.length > 1 ? contextsOf(docs)[page] : "";
      const tier = tierOf(fields, words, own, words.map((word) => !isSingle(word) && around.includes(word)));
      if (tier === null) return null;
      const [name, code, body, amount, yuan, url] =
        ["name", "code", "text", "amount", "yuan", "url"].map((field) => docs[field][at]);
      return {
        id, type, tier, name, code, text: body, amount, yuan, department, account: kindAt(kind).label, year,
        url: pages.url[page] + url, region: pages.region[page], kind: kindAt(kind).id,
      };
    }

    // The folded contexts of a shard's pages.
    function contextsOf(docs) {
      const { department, region, year, kind } = docs.pages;
      const context = (name, at) => [folded(name), regionWords[region[at]] || "", accountWords(year[at], kind[at])].join("\n");
      docs.contexts ||= department.map(context);
      return docs.contexts;
    }

    // All hits of a shard. Each word stands in the record or in its context: where no context of the shard holds a word,
    // only the records that hold it are looked at.
    function hitsIn(docs, words, idAt) {
      const held = words.map((word) => {
        const around = words.length > 1 && !isSingle(word) ? contextsOf(docs).map((context) => context.includes(word)) : [];
        return { own: holdersOf(docs, word), around, needed: !around.includes(true) };
      });
      const some = held.filter(({ needed }) => needed).sort((left, right) => left.own.size - right.own.size);
      const records = some.length ? [...some[0].own] : [...new Set(held.flatMap(({ own }) => [...own]))];
      const answers = (at) => held.every(({ own, around }) => own.has(at) || around[docs.page[at]]);
      return records.filter(answers).map((at) => hitAt(docs, at, idAt(at), words)).filter(Boolean);
    }

    // What facets ask for: the values of a hit.
    const valuesOf = {
      region: ({ region }) => regionsAbove(region).map((region) => regions.slug[region]),
      year: ({ year }) => [`${year}`],
      kind: ({ kind }) => [kind],
      type: ({ type }) => [type],
      class: ({ type, code }) => (CLASSED.includes(type) && manifest.classes.some(({ id }) => id === code.slice(0, 3)) ? [code.slice(0, 3)] : []),
      range: ({ yuan }) => [rangeOf(yuan)],
    };
    const left = (hit, wanted, but) =>
      Object.keys(valuesOf).every((name) => name === but || !wanted[name] || valuesOf[name](hit).includes(wanted[name]));

    // The shards of the places where names share most n-grams with a word, those of departments before others. No more
    // than `most` new files are read: first for the n-grams that need none, then for others, and some are left.
    async function alike(word, most) {
      const shared = new Map(), room = new Set(), grams = text.spreadGramsOf(word, GRAMS).filter((gram) => {
        const path = index.pathOf(gram);
        return files.has(path) || room.has(path) || (room.size < most - READ && room.add(path));
      });
      const entries = await Promise.all(grams.map(index.entryOf));
      entries.forEach((entry) => index.namesOf(entry).forEach((place) => shared.set(place, (shared.get(place) || 0) + 1)));
      const places = [...shared].sort(([a, m], [b, n]) => n - m || a - b);
      return [...new Set(places.map(([place]) => shardOf(place)))].slice(0, Math.min(READ, most - room.size));
    }

    // Names in some shards that hold something like the longest of the words, the nearest first. Words without letters have
    // none.
    async function nearest(words, shardsFor) {
      const found = [], length = (word) => text.charsOf(word).length;
      const named = words.filter((word) => !isSingle(word) && text.hasLetter(word));
      for (const word of named.sort((left, right) => length(right) - length(left)).slice(0, 1)) {
        const most = length(word) >> 1, chars = text.charsOf(word), known = new Map();
        // Names repeat each other, and one that lacks too many of the characters is too far without being looked at.
        const farFrom = (line) => {
          if (!known.has(line)) {
            const lacks = chars.filter((c) => !line.includes(c)).length;
            known.set(line, lacks > most ? Infinity : text.distance(word, line));
          }
          return known.get(line);
        };
        await Promise.all((await shardsFor(word)).map(async (shard) => {
          const docs = await load(shard);
          docs.name.forEach((name, at) => {
            if (NAMELESS.includes(types[docs.type[at]])) return;
            const lines = [part(docs, "name", at), ...part(docs, "alias", at).split("\n").filter(Boolean)];
            const far = Math.min(...lines.map(farFrom));
            if (far <= most) found.push({ far, id: shard * SLOTS + at, name });
          });
        }));
      }
      found.sort((left, right) => left.far - right.far || left.id - right.id);
      return [...new Set(found.map(({ name }) => name))].slice(0, OFFERED);
    }

    // Calls `take` with the hits of some shards and the rank before which none comes that is in the others, until it
    // returns false; true when there are no others. `lacking` tells how many hits are wanted still, and how many files
    // may be read for them.
    async function eachPortion(words, wanted, lacking, take) {
      if (!words.length) return true;
      if (fallback) {
        take(hitsIn(fallback, words, (at) => manifest.id[at]), null);
        return true;
      }
      const facets = ["region", "type", "class"].filter((name) => wanted[name]); // each takes a list
      const lists = lacking().files - READ - facets.length; // the other files are left for records
      const { placesAt, whole } = await index.open(words, wanted, Math.max(lists, 1)), known = new Set();
      for (let tier = 0; tier <= TIERS.text; tier++) {
        const expected = new Map();
        for (const place of placesAt(tier)) {
          const shard = shardOf(place);
          if (!known.has(shard)) expected.set(shard, (expected.get(shard) || 0) + (place % SLOTS ? 1 : IN_WHOLE));
        }
        const shards = [...expected.keys()];
        while (shards.length) {
          if (!take([], { tier, id: shards[0] * SLOTS })) return false;
          const portion = [shards.shift()];
          const { hits, files } = lacking(), most = shardCount <= FEW ? FEW : Math.min(AT_ONCE, files);
          let hopes = expected.get(portion[0]);
          while (shards.length && portion.length < most && (shardCount <= FEW || hopes < hits)) {
            hopes += expected.get(shards[0]);
            portion.push(shards.shift());
          }
          await Promise.all(portion.map(load)); // so that they come at the same time
          for (const shard of portion) {
            known.add(shard);
            take(hitsIn(await load(shard), words, (at) => shard * SLOTS + at), null);
          }
        }
      }
      return whole;
    }

    // The best `limit` hits, how many records answer as far as that is known, and names that resemble the query when
    // nothing answers it. `wanted` are the facets that are chosen. No more than `most` new files are read: when others may
    // hold an answer too, `counted` is false.
    async function search(query, limit = Infinity, wanted = {}, most = Infinity) {
      const words = text.wordsOf(query), before = files.size;
      let hits = [];
      const lacking = () => ({ hits: limit - hits.length, files: most - (files.size - before) });
      const counted = await eachPortion(words, wanted, lacking, (more, horizon) => {
        hits = hits.concat(more.filter((hit) => left(hit, wanted))).sort(byRank);
        if (horizon && files.size - before >= most) return false;
        return !(horizon && hits.length >= limit && byRank(hits[limit - 1], horizon) < 0);
      });
      const silent = hits.length || fallback || !words.length || Object.values(wanted).some(Boolean);
      // While others may hold an answer no more is read: what was read for it holds the likeliest names.
      const every = () => Array.from({ length: shardCount }, (_, shard) => shard);
      const shardsFor = (word) => (!counted ? [...loaded] : shardCount <= FEW ? every() : alike(word, lacking().files));
      return { words, hits: hits.slice(0, limit), total: hits.length, counted, nearest: silent ? [] : await nearest(words, shardsFor) };
    }

    // How many of the records that answer each facet would leave, the other facets as they are chosen. When very many
    // shards hold such records, the best of them are counted, and `complete` is false.
    async function count(query, wanted = {}) {
      const counts = {}, names = Object.keys(valuesOf);
      names.forEach((name) => { counts[name] = {}; });
      let shards = 0;
      const complete = await eachPortion(text.wordsOf(query), {}, () => ({ hits: Infinity, files: Infinity }), (hits, horizon) => {
        shards += horizon ? 1 : 0;
        for (const hit of hits) for (const name of names) {
          if (left(hit, wanted, name)) valuesOf[name](hit).forEach((value) => { counts[name][value] = (counts[name][value] || 0) + 1; });
        }
        return shards <= COUNTED / AT_ONCE;
      });
      return { counts, complete };
    }

    return { search, count };
  }

  const engine = { foldedPlaces: text.foldedPlaces, open };
  if (inNode) module.exports = engine;
  else window.BUDGETSITE_SEARCH_ENGINE = engine;
})();

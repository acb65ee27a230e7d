// Candidates of the search: the records that may answer a query, in portions, each with the best tier that it can have.
// Tier by tier, and within a tier window by window of the records: a record is a candidate at the first tier at which
// each word may stand in its own fields or in its context, and one of them in its own fields. What a later portion
// holds ranks behind the horizon of an earlier one. src/search/{lists,candidates}.rs do the same.
(() => {
  "use strict";
  const { gramsOf, isSingle, shardOf } =
    typeof module === "object" ? require("./search-text.js") : window.BUDGETSITE_SEARCH_TEXT;
  const TIERS = { exactName: 0, namePrefix: 1, code: 2, project: 3, term: 4, name: 5, text: 6 };
  const NAMES = "bopmn", FIELDS = { [TIERS.code]: "c", [TIERS.project]: "p", [TIERS.term]: "m", [TIERS.name]: "n", [TIERS.text]: "t" };
  const FEW = 10; // so few records are not narrowed by reading a part of a long list: they themselves decide sooner

  function absolute(differences) {
    let number = 0;
    return differences.map((difference) => (number += difference));
  }

  // How many of ascending numbers are below id.
  function countBelow(ids, id) {
    let low = 0, high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ids[middle] < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The index of the last of ascending numbers that is not above id.
  const lastAtMost = (firsts, id) => Math.max(countBelow(firsts, id + 1) - 1, 0);

  const has = (ids, id) => ids[lastAtMost(ids, id)] === id;
  const sorted = (ids) => Array.from(new Set(ids)).sort((left, right) => left - right);
  const union = (lists) => (lists.length === 1 ? lists[0] : sorted(lists.flat()));
  const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

  // The lists of an index. `load` gives the JSON of one of its files, `segmentWords` year and kind of a record, folded.
  function lists({ manifest, load, segmentWords, namesSegment }) {
    // The lists of n-grams by field.
    const entriesOf = (grams) =>
      Promise.all(grams.map(async (gram) => (await load(`grams/${shardOf(gram, manifest.grams)}`))[gram] || {}));

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
        count: sum(lists.map((list) => (Array.isArray(list) ? list.length : list.count))),
      };
    }

    async function within(source, [start, end]) {
      const inside = (ids) => ids.slice(countBelow(ids, start), countBelow(ids, end)), some = inside(source.ids);
      if (!source.long.length) return some;
      const read = source.long.flatMap(({ list, from }) => {
        const first = lastAtMost(from, start), last = end === Infinity ? from.length - 1 : lastAtMost(from, end - 1);
        return Array.from({ length: last - first + 1 }, (_, at) => partOf(list, first + at));
      });
      return sorted([...some, ...(await Promise.all(read)).flatMap(inside)]);
    }

    // The records of a window that may stand in all of the sources: all that do, and perhaps a few more.
    async function common(sources, window, few) {
      const order = [...sources].sort((a, b) => (a.long.length > 0) - (b.long.length > 0) || a.count - b.count);
      let known = null;
      for (const source of order) {
        if (known && (!known.length || (source.long.length && known.length <= few))) continue;
        const ids = await within(source, window);
        known = known ? known.filter((id) => has(ids, id)) : ids;
      }
      return known || [];
    }
    const any = async (alternatives, window, few) =>
      union(await Promise.all(alternatives.map((sources) => common(sources, window, few))));

    // What is looked up for a word at a tier; each of the alternatives is enough.
    function alternatives(entries, tier) {
      const all = (fields) => entries.map((entry) => sourceOf(entry, fields));
      if (tier === TIERS.namePrefix) return [named(entries, "b"), all("bo")];
      return [all(FIELDS[tier])];
    }
    const named = (entries, first) => entries.map((entry, at) => sourceOf(entry, at ? NAMES : first));
    function whole(entries, first, last) {
      const sources = named(entries, first ? "b" : NAMES);
      if (!last || !entries.length) return sources;
      const ends = sourceOf(entries[entries.length - 1], "e");
      return first && sources.length === 1 ? [...sources, ends] : [...sources.slice(0, -1), ends];
    }

    function stageOf(words, tier) {
      const alone = words.length === 1, context = (entries) => entries.map((entry) => sourceOf(entry, "x"));
      const held = words.map(({ text, entries }, at) => {
        const single = isSingle(text), around = tier !== TIERS.exactName && !alone && !single;
        const better = Array.from({ length: tier }, (_, at) => at + 1);
        const word = {
          text, segment: around && namesSegment(text), context: around ? [context(entries)] : [],
          own: tier === TIERS.exactName
            ? [whole(entries, at === 0 || single, at + 1 === words.length && (alone || !single))]
            : alone ? alternatives(entries, tier) // what a better tier holds is known already
              : better.flatMap((tier) => alternatives(entries, tier)),
        };
        const both = [...word.own, ...word.context];
        word.sources = both.flat();
        word.count = sum(both.map((sources) => (sources.length ? Math.min(...sources.map(({ count }) => count)) : 0)));
        return word;
      });
      return held.sort((left, right) => left.segment - right.segment || left.count - right.count);
    }

    // The windows in which no long list has more than one part to read.
    function windowsOf(words) {
      const more = words.some(({ segment }) => segment) ? manifest.segments.first : [];
      const long = words.flatMap(({ sources }) => sources.flatMap(({ long }) => long.flatMap(({ from }) => from.slice(1))));
      const starts = sorted([0, ...more, ...long]);
      return starts.map((start, at) => [start, at + 1 < starts.length ? starts[at + 1] : Infinity]);
    }

    // The candidates of a window: all, and perhaps a few records more.
    async function candidatesOf(words, window, few) {
      const owned = []; // the records that hold a word of their own; null when that was not read
      const inSegment = (word, id) => word.segment && segmentWords(id).includes(word.text);
      const settled = (word, id) => inSegment(word, id) && owned.some((ids) => ids && has(ids, id));
      let known = null;
      if (words.length > 1 && words.every(({ segment }) => segment)) {
        known = union(await Promise.all(words.map(({ own }) => any(own, window, few))));
      }
      for (const word of words) {
        if (known && !known.length) return [];
        // The lists of this word cannot change anything: year or kind of all records hold it.
        if (known && known.every((id) => settled(word, id))) continue;
        if (known && known.length <= few && word.sources.some(({ long }) => long.length)) {
          owned.push(null);
          continue;
        }
        const own = await any(word.own, window, few);
        const context = word.context.length ? await any(word.context, window, few) : [];
        const may = (id) => has(own, id) || has(context, id) || inSegment(word, id);
        known = known ? known.filter(may) : union([own, context]);
        owned.push(own);
      }
      return (known || []).filter((id) => owned.some((ids) => !ids || has(ids, id)));
    }

    // One portion after another: the numbers of records that may have a tier, and the rank before which none of a
    // later portion stands. A record may come again. So few as `few` are not narrowed by long lists.
    async function* portions(texts, few = FEW) {
      if (!texts.length) return;
      const alone = texts.length === 1;
      const words = await Promise.all(texts.map(async (text) => ({ text, entries: await entriesOf(gramsOf(text, alone)) })));
      for (let tier = 0; tier <= TIERS.text; tier++) {
        const stage = stageOf(words, tier), windows = windowsOf(stage);
        const after = tier < TIERS.text ? { tier: tier + 1, id: 0 } : null;
        for (const [number, window] of windows.entries()) {
          const ids = await candidatesOf(stage, window, few), next = windows[number + 1];
          yield [ids.map((id) => ({ tier, id })), next ? { tier, id: next[0] } : after];
        }
      }
    }

    // The records that hold an n-gram in their names; of a long list the first part.
    async function namesOf(entry) {
      const lists = [...NAMES].map((field) => entry[field]).filter(Boolean);
      return union([[], ...(await Promise.all(lists.map((list) => (Array.isArray(list) ? absolute(list) : partOf(list.list, 0)))))]);
    }

    return { entriesOf, namesOf, portions };
  }

  const candidates = { TIERS, lastAtMost, lists };
  if (typeof module === "object") module.exports = candidates;
  else window.BUDGETSITE_SEARCH_CANDIDATES = candidates;
})();

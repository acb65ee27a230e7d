// Candidates of the search: the shards in which a record may answer a query at a tier or a better one, by what its
// n-grams are filed under. N-grams are filed under places: shard * 4096 + slot, where slot 0 is the whole shard and the
// others hold the records of some departments. src/search/{places,candidates}.rs do the same.
(() => {
  "use strict";
  const { bucketOf, charsOf, folded, gramsOf, isSingle } =
    typeof module === "object" ? require("./search-text.js") : window.BUDGETSITE_SEARCH_TEXT;
  const TIERS = { exactName: 0, namePrefix: 1, code: 2, project: 3, term: 4, name: 5, text: 6 };
  const NAMES = "bopmn", FIELDS = { [TIERS.code]: "c", [TIERS.project]: "p", [TIERS.term]: "m", [TIERS.name]: "n", [TIERS.text]: "t" };
  const SLOTS = 4096, NAME = 5, FEW = 5, LONGEST = 50;

  // The name of a shard: that of its group, and a letter.
  function nameOf({ group, names }, shard) {
    const first = Math.floor(shard / group) * NAME;
    return names.slice(first, first + NAME) + String.fromCharCode(97 + (shard % group));
  }

  const shardOf = (place) => Math.floor(place / SLOTS);
  const slotOf = (place) => place % SLOTS;

  // How many of ascending numbers are below one.
  function countBelow(numbers, number) {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const lastAtMost = (firsts, number) => Math.max(countBelow(firsts, number + 1) - 1, 0);
  const has = (numbers, number) => numbers[countBelow(numbers, number)] === number;

  // The places of a list: the first one, then differences; a negative number is so many whole shards behind the last.
  function placesOf(list) {
    const places = [];
    let last = 0;
    for (const step of list) {
      if (step >= 0) places.push((last += step));
      else for (let more = step; more < 0; more++) places.push((last = (shardOf(last) + 1) * SLOTS));
    }
    return places;
  }

  // Where in ascending places those of the same shard as the one at `at` end.
  function endOfShard(places, at) {
    const shard = shardOf(places[at]);
    while (at < places.length && shardOf(places[at]) === shard) at++;
    return at;
  }

  // The places that may be in both.
  function both(left, right) {
    const places = [];
    for (let i = 0, j = 0; i < left.length && j < right.length;) {
      const one = shardOf(left[i]), other = shardOf(right[j]), endLeft = endOfShard(left, i), endRight = endOfShard(right, j);
      if (one < other) i = endLeft;
      else if (one > other) j = endRight;
      else {
        if (!slotOf(left[i])) places.push(...right.slice(j, endRight));
        else if (!slotOf(right[j])) places.push(...left.slice(i, endLeft));
        else {
          const yours = right.slice(j, endRight);
          for (let at = i; at < endLeft; at++) if (has(yours, left[at])) places.push(left[at]);
        }
        [i, j] = [endLeft, endRight];
      }
    }
    return places;
  }

  // The places that are in one or another of some lists.
  function either(lists) {
    const some = lists.filter((list) => list.length);
    if (some.length < 2) return some[0] || [];
    const places = [];
    for (const place of Float64Array.from(some.flat()).sort()) {
      const last = places[places.length - 1];
      if (place !== last && !(last % SLOTS === 0 && shardOf(last) === shardOf(place))) places.push(place);
    }
    return places;
  }

  // The lists of an index; `read` gives the JSON of one of its files.
  function lists({ manifest, read, segmentWords }) {
    const { segments, grams } = manifest, common = new Map(), shards = manifest.docs.count, firsts = [];
    grams.widths.reduce((first, width) => (firsts.push(first), first + width), 0);
    manifest.common.forEach((pairs, at) => {
      const chars = Array.from(pairs);
      for (let i = 0; i + 1 < chars.length; i += 2) common.set(chars[i] + chars[i + 1], manifest.common.length - at);
    });
    const commonness = (gram) => common.get(gram) || 0;
    const namesSegment = (word) => segmentWords.some((words) => words.includes(word));

    // The file of an n-gram.
    function pathOf(gram) {
      return `grams/${nameOf(grams, lastAtMost(firsts, bucketOf(gram)))}.json`;
    }

    // What is filed under an n-gram, by field.
    async function entryOf(gram) {
      const entry = (await read(pathOf(gram)))[gram] || {};
      return Object.fromEntries(Object.entries(entry).map(([field, list]) => [field, placesOf(list)]));
    }
    const merged = (entry, fields) => either([...fields].map((field) => entry[field] || []));
    const namesOf = (entry) => merged(entry, NAMES);

    // The segments of which a shard holds records.
    function segmentsOf(shard) {
      return [Math.max(countBelow(segments.first, shard) - 1, 0), countBelow(segments.first, shard + 1)];
    }
    function someSegment(shard, holds) {
      const [from, end] = segmentsOf(shard);
      for (let at = from; at < end; at++) if (holds(at)) return true;
      return false;
    }

    // The places where all n-grams of a word stand, each in one of the fields that it may stand in.
    const together = (found, fields) => found.map((it) => merged(it.entry, fields(it))).reduce(both);

    // Where a word may stand at a tier.
    function at({ found, text }, tier) {
      if (tier > TIERS.namePrefix) return together(found, () => FIELDS[tier]);
      const exact = [Math.min(charsOf(text).length, LONGEST)]; // a field of names of that length
      if (tier === TIERS.exactName) return together(found, ({ first }) => (first ? exact : NAMES));
      return either([together(found, ({ first }) => (first ? "b" : NAMES)), together(found, () => "bo")]);
    }

    // Where a word may stand at a tier or a better one. Several words are no name.
    function held(word, tier, alone) {
      const around = tier !== TIERS.exactName && !alone && !isSingle(word.text);
      const better = Array.from({ length: tier + 1 }, (_, at) => at).filter((at) => alone || at !== TIERS.exactName);
      return {
        text: word.text, segment: around && word.segment, own: either(better.map((tier) => at(word, tier))),
        slots: around ? word.found.map(({ entry }) => entry.x || []).reduce((all, some) => all.filter((slot) => has(some, slot))) : [],
      };
    }

    // The places of some that are in these slots.
    function inSlots(places, slots) {
      return places.flatMap((place) => {
        if (slotOf(place)) return has(slots, slotOf(place)) ? [place] : [];
        return slots.map((slot) => place + slot);
      });
    }

    // The places of some at which a word may stand too.
    function narrow(places, { text, own, slots, segment }) {
      const holds = (segmentAt) => segmentWords[segmentAt].includes(text);
      const within = segment ? places.filter((place) => someSegment(shardOf(place), holds)) : [];
      return either([within, both(places, own), inSlots(places, slots)]);
    }

    // Opens the candidates of a query: `placesAt`, a function from a tier to the places, ascending, that may hold a
    // record which answers at the tier or a better one and which the chosen facets leave. For no more than `most` words
    // lists are read, the rarest; `whole` is false when there are more words. Then a year or a kind is looked for among
    // the segments alone, and what is said of the others only the records tell.
    async function open(texts, wanted = {}, most = Infinity) {
      const alone = texts.length === 1;
      // So few shards are all read: their n-grams would be more files.
      if (shards <= FEW) return { placesAt: () => Array.from({ length: shards }, (_, shard) => shard * SLOTS), whole: true };
      const all = texts.map((text) => ({
        text, segment: !alone && !isSingle(text) && namesSegment(text), grams: gramsOf(text, alone, commonness),
      }));
      const dear = ({ segment, grams }) => (segment ? 10 : 0) + Math.max(...grams.map(({ gram }) => commonness(gram)));
      const listed = new Set([...all].sort((left, right) => dear(left) - dear(right)).slice(0, most));
      const words = await Promise.all([...listed].map(async (word) => ({
        ...word, found: await Promise.all(word.grams.map(async (it) => ({ ...it, entry: await entryOf(it.gram) }))),
      })));
      const rest = all.filter((word) => !listed.has(word) && word.segment);
      const facets = await facetsOf(wanted);
      const placesAt = (tier) => {
        const some = words.map((word) => held(word, tier, alone));
        const around = rest.map(({ text }) => ({ text, segment: true, own: [], slots: [] }));
        return facets(either(some.map((owner) => {
          const others = some.filter((other) => other !== owner);
          others.sort((left, right) => left.own.length + left.slots.length - right.own.length - right.slots.length);
          return [...around, ...others].reduce(narrow, owner.own);
        })));
      };
      return { placesAt, whole: listed.size === all.length };
    }

    // A function that leaves of some places those that may hold records which chosen facets leave.
    async function facetsOf({ region, year, kind, type, range, class: functional }) {
      const position = (words, id) => words.findIndex((word) => word.id === id);
      const tests = [
        year && ((at) => `${segments.year[at]}` === year),
        kind && ((at) => segments.kind[at] === position(manifest.kinds, kind)),
        range && ((at) => segments.range[at] === position(manifest.ranges, range)),
      ].filter(Boolean);
      const keys = [type && `@${String.fromCharCode(97 + position(manifest.types, type))}`, functional].filter(Boolean);
      const filed = await Promise.all(keys.map(async (key) => (await entryOf(key)).f || []));
      const name = region && manifest.regions.name[manifest.regions.slug.indexOf(region)];
      const slots = name ? await slotsOf(name) : null;
      return (places) => {
        let left = places.filter((place) => someSegment(shardOf(place), (at) => tests.every((test) => test(at))));
        left = filed.reduce(both, left);
        return slots ? inSlots(left, slots) : left;
      };
    }

    // The slots of the departments in whose context a name stands.
    async function slotsOf(name) {
      const grams = gramsOf(folded(name), false, commonness);
      const found = await Promise.all(grams.map(async ({ gram }) => (await entryOf(gram)).x || []));
      return found.reduce((all, some) => all.filter((slot) => has(some, slot)));
    }

    return { entryOf, namesOf, open, pathOf };
  }

  const candidates = { FEW, SLOTS, TIERS, either, lists, nameOf, shardOf };
  if (typeof module === "object") module.exports = candidates;
  else window.BUDGETSITE_SEARCH_CANDIDATES = candidates;
})();

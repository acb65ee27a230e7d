// The search page: what is typed in the box, the state in the address, facets and hits. The engine beside this script
// (search-engine.js and what it needs) finds them. Everything from the index is inserted as text, never as markup.
(() => {
  "use strict";
  const here = document.currentScript.src, local = location.protocol === "file:";
  const box = document.getElementById("search-results");
  const input = document.querySelector("main input[name=q]") || document.querySelector("input[name=q]");
  if (!box || !input) return;
  const base = new URL(box.dataset.index, location.href), root = new URL("../", base);
  const PAGE = 10; // hits shown at once
  const FILES = 5; // files that the first of them may take, beside the manifest
  const FARTHER = 8; // so many times as many files may be read each time a reader searches on
  const FACETS = ["region", "year", "kind", "type", "class", "range"];
  const words = JSON.parse(document.getElementById("search-words").textContent), say = words.page;
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const among = (group, { id, label }) => words[group][id] || label;
  const year = (year) => fill(say.year, { year });

  const cache = new Map();
  function once(key, make) {
    if (!cache.has(key)) {
      cache.set(key, make());
      cache.get(key).catch(() => cache.delete(key)); // so that trying again tries again
    }
    return cache.get(key);
  }
  const read = (path) => once(path, async () => {
    // All but the manifest may be cached for ever: their names are made of their content.
    const reply = await fetch(new URL(path, base), path === "manifest.json" ? { cache: "no-cache" } : {});
    if (!reply.ok) throw new Error(`${reply.status} ${path}`);
    return reply.json();
  });
  const script = (url) => once(url.href, () => new Promise((resolve, reject) => {
    const element = el("script", { src: url.href });
    element.async = false; // scripts need those before them
    element.onload = resolve;
    element.onerror = () => reject(new Error(url.pathname));
    document.head.append(element);
  }));

  let index = null, engine = null;
  async function ready() {
    await Promise.all(["text", "candidates", "engine"].map((part) => script(new URL(`search-${part}.js`, here))));
    if (local) await script(new URL("fallback.js", base)); // a page from a folder may not fetch
    index = local ? window.BUDGETSITE_SEARCH : await read("manifest.json");
    engine ||= window.BUDGETSITE_SEARCH_ENGINE.open(index, read);
  }

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  function button(text, action) {
    const element = el("button", { type: "button" }, text);
    element.addEventListener("click", action);
    return element;
  }

  // The text with the query's words marked, cut around the first of them when it is long.
  function marked(original) {
    const { text, units } = window.BUDGETSITE_SEARCH_ENGINE.foldedPlaces(original), ranges = [];
    for (const word of found.words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        ranges.push([units[at].start, units[at + word.length - 1].end]);
      }
    }
    ranges.sort((a, b) => a[0] - b[0]);
    const from = ranges.length && ranges[0][0] > 60 ? ranges[0][0] - 40 : 0;
    const to = Math.min(original.length, from + 160), nodes = [from ? "…" : ""];
    let done = from;
    for (const [start, end] of ranges) {
      if (start < done || start >= to) continue;
      nodes.push(original.slice(done, start), el("mark", {}, original.slice(start, end)));
      done = end;
    }
    return [...nodes, original.slice(done, Math.max(done, to)), to < original.length ? "…" : ""];
  }

  function item(hit) {
    const url = new URL(local ? hit.url.replace(/\/(#.*)?$/, "/index.html$1") : hit.url, root);
    const type = among("type", { id: hit.type, label: hit.type });
    const owner = hit.type === "department" ? "" : hit.department; // its name is the title already
    const kind = index.kinds.find(({ label }) => label === hit.account);
    const where = [owner, hit.year && year(hit.year), kind && among("kind", kind)].filter(Boolean).join(" · ");
    const title = el("p", { class: "hit-title" }, el("a", { href: url }, ...marked(hit.name || type)));
    const context = el("p", { class: "hit-context" }, el("span", { class: "hit-type" }, type), ` ${where}`);
    if (hit.amount) title.append(" ", el("span", { class: "hit-amount" }, ...marked(hit.amount)));
    if (hit.code) context.append(" · ", ...marked(hit.code));
    const text = hit.text ? [el("p", { class: "hit-text" }, ...marked(hit.text))] : [];
    return el("li", { class: "hit" }, title, context, ...text);
  }

  const options = {
    region: () => index.regions.slug.map((slug, i) => [slug, index.regions.name[i]]),
    year: () => [...new Set(index.segments.year)].filter(Boolean).map((one) => [`${one}`, year(one)]),
    kind: () => index.kinds.map((kind) => [kind.id, among("kind", kind)]),
    type: () => index.types.map((type) => [type.id, among("type", type)]),
    class: () => index.classes.map(({ id, label }) => [id, `${id} ${label}`]),
    range: () => index.ranges.map((range) => [range.id, among("range", range)]),
  };
  const chosen = () => Object.fromEntries(FACETS.filter((name) => state[name]).map((name) => [name, state[name]]));

  function facet(name) {
    const select = el("select", { name, id: `facet-${name}` }, el("option", { value: "" }, say.all));
    // When only the best hits were counted, there may be others: of a value that none of them has, nothing is told.
    const { counts, complete } = counted;
    const offered = options[name]().filter(([value]) => !complete || counts[name][value] || state[name] === value);
    const option = (label, count = 0) =>
      complete || count ? fill(say.option, { label, count: complete ? count : `${count}+` }) : label;
    select.append(...offered.map(([value, text]) => el("option", { value }, option(text, counts[name][value]))));
    select.value = state[name] || "";
    select.addEventListener("change", async () => {
      await go({ ...state, [name]: select.value }, "pushState");
      document.getElementById(select.id)?.focus();
    });
    return el("label", { for: select.id }, `${words.facet[name]} `, select);
  }

  const status = el("p", { class: "search-status", role: "status" }), facets = el("div", { class: "search-facets" });
  const filters = el("details", { class: "search-filters", hidden: "" }, el("summary", {}, say.filters), facets);
  const list = el("ol", { class: "search-hits" }), foot = el("div", { class: "search-more" });
  let state = {}, found = null, counted = null, shown = PAGE, files = FILES, turn = 0;

  // Counting reads more of the index than the first hits need, so it waits until the facets are wanted.
  async function showFacets() {
    const mine = turn;
    filters.hidden = !found || !found.words.length || !(found.total || Object.keys(chosen()).length);
    if (filters.hidden || !filters.open) return;
    try {
      counted = await engine.count(state.q, chosen());
      if (mine === turn) facets.replaceChildren(...FACETS.map(facet));
    } catch (error) {
      if (mine === turn) facets.replaceChildren(`${say.failed_filters} `, button(say.again, showFacets));
    }
  }
  filters.addEventListener("toggle", showFacets);

  function summary() {
    if (!found.words.length) return say.hint;
    if (!found.total) return fill(found.counted ? say.none : say.none_yet, { query: state.q });
    return fill(found.counted ? say.found : say.found_more, { count: found.counted ? found.total : found.hits.length });
  }

  // What may help a reader who found nothing.
  function help() {
    const home = el("a", { href: new URL(`departments/${local ? "index.html" : ""}`, root) }, say.departments);
    const parts = [];
    if (Object.keys(chosen()).length) parts.push(button(say.clear, () => go({ q: state.q }, "pushState")), " ");
    if (found.nearest.length) {
      parts.push(say.meant, ...found.nearest.flatMap((name) => [button(name, () => go({ q: name }, "pushState")), " "]));
    }
    return [...parts, say.fewer, home];
  }

  function show() {
    list.replaceChildren(...found.hits.map(item));
    status.textContent = summary();
    if (local) status.append(` ${index.complete ? say.local : say.local_some}`);
    foot.replaceChildren();
    if (found.words.length && !found.total) {
      if (!found.counted) foot.append(button(say.search_on, () => farther(0)), " ");
      foot.append(...help());
    }
    if (found.total > found.hits.length || (found.total && !found.counted)) {
      foot.append(button(fill(say.more, { count: PAGE }), () => farther(found.hits.length)));
    }
  }

  // Shows what comes after the hits that are shown, and reads more for it.
  async function farther(after) {
    if (found.total > after || after >= shown) shown += PAGE;
    files *= FARTHER;
    await run();
    (list.children[after] ? list.children[after].querySelector("a") : foot.querySelector("button"))?.focus();
  }

  // The site was built anew since the manifest was read: what it names is gone.
  function forget() {
    [...cache.keys()].filter((key) => key.endsWith(".json")).forEach((key) => cache.delete(key));
    engine = null;
  }

  async function run(forgotten = false) {
    const mine = ++turn;
    try {
      await ready();
      const answer = await engine.search(state.q, shown, chosen(), files);
      if (mine !== turn) return; // something newer was typed
      found = answer;
      show();
      await showFacets();
    } catch (error) {
      if (mine !== turn) return;
      if (!local && !forgotten && /^404 /.test(error.message)) {
        forget();
        return run(true);
      }
      list.replaceChildren();
      filters.hidden = true;
      status.textContent = say.failed;
      foot.replaceChildren(button(say.again, () => run()), ` ${error.message}`);
    }
  }

  // Makes a state the current one: in the results, in the box and, by a method of the history, in the address.
  function go(next, method) {
    [state, shown, files] = [next, PAGE, FILES];
    if (Object.keys(chosen()).length) filters.open = true;
    if (input.value !== state.q) input.value = state.q;
    const address = new URL(location.href);
    for (const name of ["q", ...FACETS]) {
      if (state[name]) address.searchParams.set(name, state[name]);
      else address.searchParams.delete(name);
    }
    if (method) history[method](null, "", address);
    return run();
  }

  const fromAddress = () => go({ q: "", ...Object.fromEntries(new URLSearchParams(location.search)) });
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go({ ...state, q: input.value }, "replaceState"), 150);
  });
  input.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go({ ...state, q: input.value }, "pushState");
  });
  addEventListener("popstate", fromAddress);
  addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll(".hit-title a")], focused = document.activeElement;
    const at = links.indexOf(focused), down = event.key === "ArrowDown", up = event.key === "ArrowUp";
    let next = null;
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(focused.tagName)) next = input;
    else if (event.key === "Escape" && at >= 0) next = input;
    else if (down && (at >= 0 || focused === input)) next = links[at + 1];
    else if (up && at >= 0) next = links[at - 1] || input;
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  box.removeAttribute("aria-live"); // the number of hits is read aloud, not every hit
  box.replaceChildren(filters, status, list, foot);
  fromAddress();
})();

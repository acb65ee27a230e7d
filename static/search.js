// The search page: what is typed in the box, the state in the address, facets and hits. The engine beside this script
// (search-engine.js) finds them. Everything from the index is inserted as text, never as markup.
(() => {
  "use strict";
  const here = document.currentScript.src, local = location.protocol === "file:";
  const box = document.getElementById("search-results");
  const input = document.querySelector("main input[name=q]") || document.querySelector("input[name=q]");
  if (!box || !input) return;
  const base = new URL(box.dataset.index, location.href), root = new URL("../", base);
  const PAGE = 20, SHARDS = 60; // hits shown at once, document shards read at once
  const FACETS = [["region", "地区"], ["year", "年度"], ["kind", "种类"], ["type", "类型"]];
  const HINT = "输入后即显示结果；带空格的整句可以用英文双引号括起。";

  const cache = new Map();
  function once(key, make) {
    if (!cache.has(key)) {
      cache.set(key, make());
      cache.get(key).catch(() => cache.delete(key)); // so that trying again tries again
    }
    return cache.get(key);
  }
  const read = (path) => once(path, async () => {
    const reply = await fetch(new URL(path, base));
    if (!reply.ok) throw new Error(`${reply.status} ${path}`);
    return reply.json();
  });
  const script = (url) => once(url.href, () => new Promise((resolve, reject) => {
    const element = el("script", { src: url.href });
    element.onload = resolve;
    element.onerror = () => reject(new Error(url.pathname));
    document.head.append(element);
  }));

  let index = null, search = null;
  async function ready() {
    await script(new URL("search-engine.js", here));
    if (local) await script(new URL("fallback.js", base)); // a page from a folder may not fetch
    index = local ? window.BUDGETSITE_SEARCH : await read("manifest.json");
    search ||= window.BUDGETSITE_SEARCH_ENGINE.open(index, read);
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
    const { text, units } = window.BUDGETSITE_SEARCH_ENGINE.fold(original), ranges = [];
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
    const type = index.types.find((word) => word.id === hit.type).label;
    const owner = hit.type === "department" ? "" : hit.department; // its name is the title already
    const where = [owner, hit.year && `${hit.year}年`, hit.account].filter(Boolean).join(" · ");
    const title = el("p", { class: "hit-title" }, el("a", { href: url }, ...marked(hit.name || type)));
    const context = el("p", { class: "hit-context" }, el("span", { class: "hit-type" }, type), ` ${where}`);
    if (hit.amount) title.append(" ", el("span", { class: "hit-amount" }, ...marked(hit.amount)));
    if (hit.code) context.append(" · ", ...marked(hit.code));
    const text = hit.text ? [el("p", { class: "hit-text" }, ...marked(hit.text))] : [];
    return el("li", { class: "hit" }, title, context, ...text);
  }

  const values = {
    region: (hit) => hit.regions.map((region) => index.regions.slug[region]),
    year: (hit) => (hit.year ? [`${hit.year}`] : []),
    kind: (hit) => (hit.kind < 0 ? [] : [index.kinds[hit.kind].id]),
    type: (hit) => [hit.type],
  };
  const options = {
    region: () => index.regions.slug.map((slug, i) => [slug, index.regions.name[i]]),
    year: () => index.years.map((year) => [`${year}`, `${year}年`]),
    kind: () => index.kinds.map(({ id, label }) => [id, label]),
    type: () => index.types.map(({ id, label }) => [id, label]),
  };
  const passes = (hit, except) =>
    FACETS.every(([name]) => name === except || !state[name] || values[name](hit).includes(state[name]));

  function facet([name, label]) {
    const counts = {};
    for (const hit of found.hits.filter((hit) => passes(hit, name))) {
      values[name](hit).forEach((value) => { counts[value] = (counts[value] || 0) + 1; });
    }
    const select = el("select", { name, id: `facet-${name}` }, el("option", { value: "" }, "全部"));
    const offered = options[name]().filter(([value]) => counts[value] || state[name] === value);
    select.append(...offered.map(([value, text]) => el("option", { value }, `${text}（${counts[value] || 0}）`)));
    select.value = state[name] || "";
    select.addEventListener("change", async () => {
      await go({ ...state, [name]: select.value }, "pushState");
      document.getElementById(select.id)?.focus();
    });
    return el("label", { for: select.id }, `${label} `, select);
  }

  const status = el("p", { class: "search-status", role: "status" }), facets = el("div", { class: "search-facets" });
  const list = el("ol", { class: "search-hits" }), foot = el("div", { class: "search-more" });
  let state = {}, found = null, shown = PAGE, limit = SHARDS, turn = 0;

  function summary(count) {
    if (!found.words.length) return HINT;
    if (found.left) return `已找到 ${count} 条，还有部分内容没有检索。`;
    return count ? `找到 ${count} 条。` : `没有找到“${state.q}”。`;
  }

  function show() {
    const hits = found.hits.filter((hit) => passes(hit));
    facets.replaceChildren(...(found.hits.length ? FACETS.map(facet) : []));
    list.replaceChildren(...hits.slice(0, shown).map(item));
    status.textContent = summary(hits.length);
    if (local) status.append("（从本地文件夹打开时，只能检索部门、公开文件、项目和功能分类。）");
    foot.replaceChildren();
    if (found.words.length && !hits.length) {
      const home = el("a", { href: new URL(`departments/${local ? "index.html" : ""}`, root) }, "从部门目录查找");
      foot.append("可以减少字词、放宽筛选，或者", home, "。");
    }
    if (hits.length > shown) {
      foot.append(button(`再显示 ${Math.min(PAGE, hits.length - shown)} 条`, () => {
        const next = shown;
        shown += PAGE;
        show();
        list.children[next].querySelector("a").focus();
      }));
    }
    if (found.left) foot.append(" ", button("继续检索", () => { limit += SHARDS; run(); }));
  }

  async function run() {
    const mine = ++turn;
    try {
      await ready();
      const answer = await search(state.q, limit);
      if (mine !== turn) return; // something newer was typed
      found = answer;
      show();
    } catch (error) {
      if (mine !== turn) return;
      [facets, list].forEach((part) => part.replaceChildren());
      status.textContent = "检索数据没有载入。";
      foot.replaceChildren(button("重试", run), ` ${error.message}`);
    }
  }

  // Makes a state the current one: in the results, in the box and, by a method of the history, in the address.
  function go(next, method) {
    if (next.q !== state.q) limit = SHARDS;
    [state, shown] = [next, PAGE];
    if (input.value !== state.q) input.value = state.q;
    const address = new URL(location.href);
    for (const name of ["q", ...FACETS.map(([name]) => name)]) {
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
  box.replaceChildren(facets, status, list, foot);
  fromAddress();
})();

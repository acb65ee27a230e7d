// Puts the numbers of two to four disclosures of one kind side by side. The choice stands in the address:
// ?kind=budget&of=<slug>:<year>&of=… The numbers come from a script beside each department's page.
(() => {
  const MOST = 4;
  const box = document.getElementById("compare");
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const [index, words] = [read("compare-index"), read("compare-words")];
  const bySlug = new Map(index.map((one) => [one.slug, one]));
  const loaded = new Map();
  const state = { kind: "budget", of: [] };
  let said = "";

  const el = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== null));
    return element;
  };
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const years = (slug) => (bySlug.get(slug)?.editions ?? []).filter(([, kind]) => kind === state.kind).map(([year]) => year);
  const has = ({ slug, year }) => years(slug).includes(year);

  // ---- the address ----
  function fromAddress() {
    const asked = new URLSearchParams(location.search);
    const kinds = [...new Set(index.flatMap((one) => one.editions.map(([, kind]) => kind)))];
    const kind = asked.get("kind");
    state.kind = kinds.includes(kind) ? kind : (kinds.includes("budget") ? "budget" : kinds[0] ?? "budget");
    const of = asked.getAll("of").map((one) => ({ slug: one.slice(0, one.lastIndexOf(":")), year: Number(one.slice(one.lastIndexOf(":") + 1)) }));
    state.of = of.filter((one, at) => has(one) && of.findIndex((other) => other.slug === one.slug && other.year === one.year) === at).slice(0, MOST);
    said = state.of.length < of.length ? words.dropped : "";
  }
  function toAddress() {
    const asked = new URLSearchParams([["kind", state.kind], ...state.of.map(({ slug, year }) => ["of", `${slug}:${year}`])]);
    try { history.replaceState(null, "", `?${asked}`); } catch { /* The choice then holds for this page only. */ }
  }

  // ---- the numbers ----
  window.budgetsiteCompare = ([slug, name, editions]) => loaded.set(slug, { name, editions });
  const load = (slug) => loaded.has(slug) ? Promise.resolve() : new Promise((done, failed) => {
    const source = `${box.dataset.root}departments/${slug}/compare.js`;
    document.head.append(el("script", { src: source, load: () => done(), error: () => failed(new Error(source)) }));
  });
  const columns = () => state.of.map(({ slug, year }) => {
    const { name, editions } = loaded.get(slug);
    return { name, year, ...editions.find((one) => one.year === year && one.kind === state.kind) };
  });
  function rows(of) {
    const found = new Map();
    for (const column of of) for (const row of column.rows) if (!found.has(row.id)) found.set(row.id, row.label);
    const order = (id) => id === "total" ? "0" : id === "basic" ? "1" : id === "project" ? "2" : id.startsWith("f") ? `3${id}` : "4";
    return [...found].map(([id, label], at) => ({ id, label, at, cells: of.map((one) => one.rows.find((row) => row.id === id)) }))
      .sort((left, right) => order(left.id).localeCompare(order(right.id)) || left.at - right.at);
  }

  // ---- the page ----
  function choose(change) {
    Object.assign(state, change);
    const before = state.of.length;
    state.of = state.of.filter(has);
    said = state.of.length < before ? words.dropped : "";
    toAddress();
    show();
  }
  function form() {
    const kinds = ["budget", "final"].filter((kind) => index.some((one) => one.editions.some((edition) => edition[1] === kind)));
    const phase = el("fieldset", {}, el("legend", {}, words.kind), ...kinds.map((kind) => el("label", {},
      el("input", { type: "radio", name: "kind", value: kind, checked: kind === state.kind, change: () => choose({ kind }) }), ` ${words[kind]}`)));
    const departments = index.filter((one) => years(one.slug).length > 0);
    const department = el("select", { id: "compare-department" }, ...departments.map((one) => el("option", { value: one.slug }, one.name)));
    const year = el("select", { id: "compare-year" });
    const listYears = () => year.replaceChildren(...years(department.value).map((one) => el("option", { value: one }, one)));
    department.addEventListener("change", listYears);
    listYears();
    const add = el("button", { type: "button", disabled: state.of.length >= MOST || departments.length === 0, click: () => {
      const one = { slug: department.value, year: Number(year.value) };
      if (!state.of.some((other) => other.slug === one.slug && other.year === one.year)) choose({ of: [...state.of, one] });
    } }, words.add);
    const chosen = el("ul", { class: "chips", "aria-label": words.chosen }, ...state.of.map((one, at) => el("li", {}, el("button", {
      type: "button", "aria-label": fill(words.remove, { name: `${bySlug.get(one.slug).name} ${one.year}` }),
      click: () => choose({ of: state.of.filter((_, other) => other !== at) }),
    }, `${bySlug.get(one.slug).name} ${one.year} ✕`))));
    return el("div", { class: "compare-form" }, phase,
      el("p", {}, el("label", { for: "compare-department" }, words.department), department, el("label", { for: "compare-year" }, words.year), year, add),
      chosen);
  }
  const head = (of) => el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words.item), ...of.map((one) =>
    el("th", { scope: "col", class: "number" }, el("a", { href: one.url }, `${one.name} ${one.year}`)))));
  const table = (id, caption, of, body) => el("div", { class: "table-box", role: "region", tabindex: "0", "aria-labelledby": id },
    el("table", { class: "data" }, el("caption", { id }, caption), head(of), el("tbody", {}, ...body)));
  function shareCell(cell) {
    if (!cell?.share) return el("td", { class: "number" }, cell && cell.text === "" ? "" : "—");
    const bar = el("span", { class: "compare-bar", "aria-hidden": "true" });
    bar.style.inlineSize = `${Math.min(100, Math.max(0, Number(cell.percent)))}%`;
    return el("td", { class: "number" }, cell.share, bar);
  }
  function amountCell(cell) {
    if (!cell) return el("td", { class: "number" }, el("span", { class: "absent", title: words.not_listed }, "—"));
    const amount = cell.href ? el("a", { class: "amount", href: cell.href, title: cell.note }, cell.text)
      : el("span", { class: "absent", title: cell.note }, cell.text);
    return el("td", { class: "number" }, amount, cell.mark ? el("small", { class: "mark" }, cell.mark) : null);
  }
  function download(of, all) {
    const quote = (text) => /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? `"'${text.replaceAll('"', '""')}"` : `"${text.replaceAll('"', '""')}"`;
    const lines = [[words.item, ...of.flatMap((one) => [`${one.name} ${one.year} ${words.amount}`, `${one.name} ${one.year} ${words.share}`])],
      ...all.map((row) => [row.label, ...row.cells.flatMap((cell) => [(cell?.text ?? "").replaceAll(",", ""), cell?.share ?? ""])])];
    const text = `\ufeff${lines.map((line) => line.map(quote).join(",")).join("\r\n")}\r\n`;
    return el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "compare.csv" }, words.download);
  }
  async function show() {
    const parts = [form()];
    const status = el("p", { role: "status" }, said);
    parts.push(status);
    if (state.of.length < 2) status.append(` ${words.too_few}`);
    box.replaceChildren(...parts);
    if (state.of.length === 0) return;
    const asked = JSON.stringify(state);
    try {
      await Promise.all(state.of.map(({ slug }) => load(slug)));
    } catch {
      status.append(` ${words.failed}`);
      return;
    }
    if (asked !== JSON.stringify(state)) return;
    const of = columns();
    const all = rows(of);
    const kind = words[state.kind];
    const shares = all.filter((row) => row.cells.some((cell) => cell?.share));
    box.append(
      el("section", { class: "exhibit" }, el("h2", {}, words.shares),
        el("figure", { class: "exhibit-figure" }, table("compare-shares", fill(words.shares_caption, { kind }), of, shares.map((row) =>
          el("tr", {}, el("th", { scope: "row" }, row.label), ...row.cells.map(shareCell)))))),
      el("section", { class: "exhibit" }, el("h2", {}, words.amounts),
        el("figure", { class: "exhibit-figure" }, table("compare-amounts", fill(words.amounts_caption, { kind }), of, all.map((row) =>
          el("tr", {}, el("th", { scope: "row" }, row.label), ...row.cells.map(amountCell)))),
        el("figcaption", {}, el("span", { class: "exhibit-downloads" }, download(of, all))))),
    );
  }

  fromAddress();
  show();
})();

// Sugar only: without scripts every page says the same.

// ---- colours ----
const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
}

function labelSwitch(button) {
  const label = isDark() ? button.dataset.light : button.dataset.dark;
  button.textContent = isDark() ? "☀" : "☾";
  button.setAttribute("aria-label", label);
  button.title = label;
}

for (const button of document.querySelectorAll(".theme-switch")) {
  button.hidden = false;
  labelSwitch(button);
  prefersDark.addEventListener("change", () => labelSwitch(button));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // The choice holds for this page only.
    }
    labelSwitch(button);
  });
}

// ---- sortable tables ----
const collator = new Intl.Collator("zh-CN", { numeric: true });

function sortKey(row, index) {
  const cell = row.cells[index];
  if (!cell) return { missing: true };
  const value = cell.dataset.value;
  if (value === undefined) return { text: cell.textContent.trim() };
  return value === "" ? { missing: true } : { number: Number(value) };
}

// Missing values stay last in both directions.
function compare(left, right, direction) {
  if (left.missing || right.missing) return Number(Boolean(left.missing)) - Number(Boolean(right.missing));
  if ("number" in left && "number" in right) return (left.number - right.number) * direction;
  return collator.compare(left.text ?? left.number, right.text ?? right.number) * direction;
}

function sortBy(table, header, index) {
  const direction = header.getAttribute("aria-sort") === "descending" ? 1 : header.hasAttribute("aria-sort") ? -1 : header.dataset.first === "descending" ? -1 : 1;
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({ row, key: sortKey(row, index) }));
  rows.sort((left, right) => compare(left.key, right.key, direction));
  body.append(...rows.map(({ row }) => row));
}

for (const table of document.querySelectorAll("table.sortable")) {
  const head = table.tHead?.rows[0];
  if (!head) continue;
  Array.from(head.cells).forEach((header, index) => {
    if (header.dataset.first === undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sortBy(table, header, index));
  });
}

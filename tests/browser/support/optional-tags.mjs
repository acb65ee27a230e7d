// The standard lets the end tags of table cells, rows and row groups be left out, and the site leaves them out: they are
// a good part of a large page. html-validate does not know that rule; so they are written before it looks.

const PARTS = /<(\/?)(table|thead|tbody|tfoot|tr|td|th|caption)\b((?:"[^"]*"|[^">])*)>/g;
const DEPTH = { table: 0, caption: 1, thead: 1, tbody: 1, tfoot: 1, tr: 2, td: 3, th: 3 };

// The page with every end tag of its tables that the standard implies.
export function withEndTags(html) {
  const open = [];
  const closeTo = (depth) => {
    let tags = "";
    while (open.length > 0 && DEPTH[open.at(-1)] >= depth && open.at(-1) !== "table") tags += `</${open.pop()}>`;
    return tags;
  };
  return html.replace(PARTS, (tag, slash, name) => {
    if (!slash) {
      const implied = name === "table" ? "" : closeTo(DEPTH[name]);
      open.push(name);
      return implied + tag;
    }
    // An end tag that nothing opened stays for the validator to tell.
    if (!open.includes(name)) return tag;
    const implied = closeTo(DEPTH[name] + 1);
    if (open.at(-1) === name) open.pop();
    return implied + tag;
  });
}

"""Tables and text in the forms that extraction gives: TAB, Markdown pipes, HTML with spans."""
import html


def cell(value):
    """(text, columns, rows)"""
    return value if isinstance(value, tuple) else (value, 1, 1)


def flatten(rows, repeat=False):
    """Spans to a plain grid; covered cells are blank, or repeat the text."""
    grid, covered = [], {}
    for y, row in enumerate(rows):
        line, x = [], 0
        for value in row:
            while (y, x) in covered:
                line.append(covered[y, x]); x += 1
            text, columns, height = cell(value)
            for dy in range(height):
                for dx in range(columns):
                    if dy or dx:
                        covered[y + dy, x + dx] = text if repeat else ""
            line.append(text); x += 1
            while (y, x) in covered:
                line.append(covered[y, x]); x += 1
        while (y, x) in covered:
            line.append(covered[y, x]); x += 1
        grid.append(line)
    return grid


def tab(head, body, repeat=False):
    return ["\t".join(line) for line in flatten(head, repeat) + flatten(body)]


def pipes(head, body, repeat=True):
    lines = ["| " + " | ".join(line) + " |" for line in flatten(head, repeat) + flatten(body)]
    width = len(flatten(head, repeat)[0])
    return lines[:1] + ["|" + "---|" * width] + lines[1:]


def table(head, body):
    def row(values, tag):
        cells = ""
        for value in values:
            text, columns, height = cell(value)
            spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
            cells += f"<{tag}{spans}>{html.escape(text)}</{tag}>"
        return f"<tr>{cells}</tr>"
    return ["<table>"] + [row(r, "td") for r in head] + [row(r, "td") for r in body] + ["</table>"]


def paged(head, body, per, between, repeat_head=True, style=tab):
    """Body cut into pages of `per` rows; `between(page)` are the lines between two pages."""
    out = []
    for page, start in enumerate(range(0, len(body), per)):
        part = body[start:start + per]
        if page:
            out += between(page)
        out += style(head if page == 0 or repeat_head else [], part)
    return out


def beside(left, right, width_left, width_right):
    """Two or more lists side by side, shorter ones padded."""
    height = max(len(left), len(right))
    left = left + [[""] * width_left] * (height - len(left))
    right = right + [[""] * width_right] * (height - len(right))
    return [l + r for l, r in zip(left, right)]

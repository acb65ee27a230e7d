#!/usr/bin/env python3
"""Writes the reading cases of this folder: made-up departments in the layouts of real places.

Each case is a document as text extraction gives it and the figures that a reader finds in it.
Run in this folder; the same program gives the same files.
"""
import json
from model import Department, chinese, plain
from form import tab, pipes, table, paged, beside, flatten
import budgets, budgets2, accounts


def expected(d, organization, year, kind, unit, three=None, **more):
    want = {"org": organization, "year": year, "kind": kind, "unit": unit,
            "total_income": plain(d.total() + more.pop("carried_out", 0)), }
    want["total_expenditure"] = want["total_income"]
    want["basic"], want["project"] = plain(d.basic()), plain(d.project())
    want.update(more)
    want = {k: v for k, v in want.items() if v is not None}
    want.setdefault("by_function", {c: row(d, c) for c in d.codes(1)})
    want.setdefault("by_item", {c: row(d, c) for c in d.codes(3)})
    if three:
        want["three_public"] = three
    return want


def row(d, code):
    out = {"name": d.name(code), "total": plain(d.total(prefix=code))}
    if d.basic(prefix=code):
        out["basic"] = plain(d.basic(prefix=code))
    if d.project(prefix=code):
        out["project"] = plain(d.project(prefix=code))
    return out


def main():
    for module in (budgets, budgets2, accounts):
        for case in module.CASES:
            name, lines, want = case(expected)
            with open(name, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            with open(name.rsplit(".", 1)[0] + ".json", "w", encoding="utf-8") as file:
                json.dump(want, file, ensure_ascii=False, indent=1)
                file.write("\n")


if __name__ == "__main__":
    main()

// Every kind of page as html-validate judges it, by the rules of the standard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { withEndTags } from "./support/optional-tags.mjs";
import { pages, siteFolder } from "./support/site.mjs";

test("pages are valid HTML", async (t) => {
  const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
  for (const [kind, path] of pages().kinds) {
    await t.test(kind, async () => {
      const report = await validator.validateString(withEndTags(readFileSync(join(siteFolder(), path), "utf8")), path);
      const messages = report.results.flatMap((result) => result.messages);
      assert.deepEqual(messages.map(({ ruleId, line, column, message }) => `${path}:${line}:${column} ${ruleId}: ${message}`), []);
    });
  }
});

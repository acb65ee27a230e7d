// The preview: a change shows by itself, an error shows over the last good site and goes again.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, reader } from "./support/browser.mjs";
import { preview, program, repository, temporaryFolder } from "./support/site.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test("a change reloads the page, an error is shown and goes again", async () => {
  const root = join(temporaryFolder(), "site");
  execFileSync(program, ["init", root]);
  const config = join(root, "site.toml"), good = readFileSync(config, "utf8");
  const site = await preview(root);
  const { open, close } = await reader(browser);
  const page = await open(`${site.base}data/`);
  assert.deepEqual(page.errors, []);

  writeFileSync(config, good.replace(/^title = .*$/m, 'title = "改了名称的站点"'));
  await page.waitForFunction(() => document.title.includes("改了名称的站点"));

  writeFileSync(config, `${good}\ntitel = 1\n`);
  const box = page.locator("#preview-problems");
  await box.waitFor();
  assert.match(await box.innerText(), /site\.toml:\d+:1[\s\S]*titel = 1/);
  const [caret, mark] = await Promise.all([".preview-caret", "mark"].map((part) => box.locator(part).boundingBox()));
  assert.ok(Math.abs(caret.x - mark.x) < 2 && caret.y >= mark.y + mark.height - 4, "the caret is not below the mistake");
  assert.equal(await page.locator("main h1").count(), 1, "the last good page is behind");
  await box.locator("summary").click();
  assert.equal(await box.locator("pre").isVisible(), false);

  writeFileSync(config, good);
  await box.waitFor({ state: "detached" });
  await close();
  assert.equal(await site.stop(), 0);
});

test("the shipped content is served without errors in the console", async () => {
  const site = await preview(repository);
  const { open, close } = await reader(browser);
  for (const path of ["", "departments/", "search/?q=三公"]) {
    const page = await open(site.base + path);
    await page.waitForTimeout(0);
    assert.deepEqual(page.errors, []);
    assert.equal(await page.locator("h1").count(), 1);
  }
  await close();
  assert.equal(await site.stop(), 0);
});

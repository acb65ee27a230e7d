// What axe-core finds: nothing on any kind of page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { DESKTOP, PHONE, TOGETHER, forEach, launch, reader } from "./support/browser.mjs";
import { host, pages } from "./support/site.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), host()]); });
after(async () => { await browser.close(); site.close(); });

for (const [viewport, colorScheme] of [[DESKTOP, "light"], [PHONE, "dark"]]) {
  test(`axe at ${viewport.width} px, ${colorScheme}`, TOGETHER, async (t) => {
    const { open, close } = await reader(browser, { viewport, colorScheme });
    await forEach(t, pages().kinds, ([kind]) => kind, async ([, path]) => {
      const page = await open(site.base + path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const shown = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary.replace(/\s+/g, " ").slice(0, 240)}`);
      assert.deepEqual(shown, []);
      await page.close();
    });
    await close();
  });
}

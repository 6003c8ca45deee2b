// What axe says of every kind of page, in every look.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { nothing, samples, site, visit } from "./site.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** @type {[string, import("playwright-core").BrowserContextOptions][]} */
const LOOKS = [
  ["light colours", { colorScheme: "light" }],
  ["dark colours", { colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
  ["a small phone", { viewport: { width: 320, height: 640 } }],
];

for (const [name, options] of LOOKS) {
  test(`03 with ${name} axe finds nothing on a page of each kind`, async (t) => {
    /** @type {string[]} */
    const found = [];
    const list = samples(guide);
    await visit(guide, list, { ...options, bypassCSP: true }, async (page, { path }) => {
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(async (tags) => {
        // @ts-expect-error axe is a global of the script just added
        const result = await window.axe.run({ runOnly: tags });
        return result.violations.flatMap((/** @type {any} */ v) =>
          v.nodes.map((/** @type {any} */ node) => `${v.id}: ${node.html} ${node.failureSummary}`),
        );
      }, TAGS);
      found.push(...violations.map((/** @type {string} */ v) => `${path}: ${v}`));
    });
    nothing(found);
    t.diagnostic(`${list.length} kinds of pages, 0 violations`);
  });
}

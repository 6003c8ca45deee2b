// What axe says of every kind of page, in every look.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { casesOf, nothing, open, rare, samples, site, visit } from "./site.js";

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

/** What axe finds on a page, with all of it unfolded. @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
async function violations(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  await page.addScriptTag({ content: axe });
  return page.evaluate(async (tags) => {
    // @ts-expect-error axe is a global of the script just added
    const result = await window.axe.run({ runOnly: tags });
    return result.violations.flatMap((/** @type {any} */ v) =>
      v.nodes.map((/** @type {any} */ node) => `${v.id}: ${node.html} ${node.failureSummary}`),
    );
  }, TAGS);
}

for (const [name, options] of LOOKS) {
  test(`03 with ${name} axe finds nothing on a page of each kind`, async (t) => {
    /** @type {string[]} */
    const found = [];
    const list = samples(guide);
    await visit(guide, list, { ...options, bypassCSP: true }, async (page, { path }) => {
      found.push(...(await violations(page)).map((v) => `${path}: ${v}`));
    });
    const more = rare(guide);
    await visit(casesOf(guide), more, { ...options, bypassCSP: true }, async (page, { path }) => {
      found.push(...(await violations(page)).map((v) => `${path} of the cases: ${v}`));
    });
    nothing(found);
    t.diagnostic(`${list.length} kinds of pages and ${more.length} rare cases, 0 violations`);
  });

  test(`03 with ${name} axe finds nothing in what comes when it is used`, async () => {
    const settings = { ...options, bypassCSP: true };
    const search = await open(guide, "guides/", settings);
    await search.page.locator("input[name=q]").fill("django");
    await search.page.locator(".results a").first().waitFor();
    nothing(await violations(search.page));
    await search.context.close();
    const compare = await open(guide, "compare/", settings);
    await compare.page.getByLabel("Only differences").check();
    await compare.page.getByLabel("Choose").selectOption({ label: "Python only" });
    nothing(await violations(compare.page));
    await compare.context.close();
    const list = await open(guide, "frameworks/", settings);
    await list.page.locator("thead button").nth(1).click();
    nothing(await violations(list.page));
    await list.context.close();
  });
}

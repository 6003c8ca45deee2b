// Tables of 20,000 cells in one piece: `[tables] large = "grid"`.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { nothing, open } from "./site.js";
import { wait, withBook, within } from "./wait.js";

const require = createRequire(import.meta.url);
const GRID = '[tables]\nlarge = "grid"\n';

/** The page of scores, and the page that compares. */
const [LIST, COMPARE] = ["best-for/need/", "compare/"];

/** Waits until so many rows are there. @param {import("playwright-core").Page} page @param {number} count */
const whole = (page, count) =>
  page.waitForFunction((n) => document.querySelectorAll("table.grid tbody tr:not(.group)").length === n, count);

/** What a table is for programs that read aloud: how many parts of each role. @param {import("playwright-core").Page} page */
async function roles(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { ignored, role } of nodes) {
    if (!ignored && role) counts[role.value] = (counts[role.value] ?? 0) + 1;
  }
  return counts;
}

test("06 a table of 20,000 cells in one piece answers at once, and is whole soon after", async (t) => {
  await withBook([500, 40], async (site) => {
    const list = await open(site, LIST);
    within("sorting 500 rows of 40", await wait(list.page, "table.grid thead button >> nth=4"), t);
    await whole(list.page, 500);
    await list.context.close();
    const compare = await open(site, COMPARE);
    within("picking in 40 rows of 500", await wait(compare.page, ".picks label >> nth=1"), t);
    within("differences in 40 rows of 500", await wait(compare.page, "label[for=X-differences]"), t);
    await whole(compare.page, 40);
    await compare.context.close();
  }, GRID);
  await withBook([40, 500], async (site) => {
    const { page, context } = await open(site, COMPARE);
    within("picking in 500 rows of 40", await wait(page, ".picks label >> nth=1"), t);
    within("differences in 500 rows of 40", await wait(page, "label[for=X-differences]"), t);
    await whole(page, 500);
    await context.close();
  }, GRID);
});

test("03 programs that read aloud find a table of 20,000 cells, with or without scripts", async () => {
  await withBook([500, 40], async (site) => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, context, faults } = await open(site, LIST, { javaScriptEnabled });
      const table = await page.locator("table.grid").evaluate((table) => ({
        rows: table.querySelectorAll("tbody tr").length,
        columns: table.querySelectorAll("thead th").length,
        unnamed: table.querySelectorAll(":is(thead, tbody, tr, th, td):not([role])").length,
        display: getComputedStyle(/** @type {Element} */ (table.querySelector("tbody tr"))).display,
      }));
      assert.deepEqual([table.rows, table.columns], [500, 42]);
      assert.equal(table.display, javaScriptEnabled ? "grid" : "table-row");
      assert.equal(table.unnamed === 0, javaScriptEnabled, `${table.unnamed} parts without a role`);
      await page.locator("table.grid tbody tr").nth(60).scrollIntoViewIfNeeded();
      const others = await page.locator("table:not(.grid) td").count();
      let found = await roles(page);
      for (let i = 0; i < 20 && found.cell <= others; i += 1) {
        await page.waitForTimeout(100);
        found = await roles(page);
      }
      assert.ok(found.row >= 501, `${found.row} rows`);
      assert.ok(found.columnheader >= 42, `${found.columnheader} heads of columns`);
      // Of rows that are far from what is seen, the browser tells no cells before they are near.
      const least = (javaScriptEnabled ? 20 : 500) * 41;
      assert.ok(found.cell - others >= least, `${found.cell} cells, ${others} of them in other tables`);
      assert.deepEqual(faults, []);
      await context.close();
    }
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    const { page, context } = await open(site, LIST, { bypassCSP: true });
    await page.addScriptTag({ content: axe });
    const violations = await page.evaluate(async () => {
      // @ts-expect-error axe is a global of the script just added
      const { violations } = await window.axe.run("table.grid", { resultTypes: ["violations"] });
      return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
    });
    nothing(violations);
    await context.close();
  }, GRID);
});

test("01 and 02 a table in one piece is sound HTML", async () => {
  await withBook([90, 90], async (site) => {
    const files = [LIST, COMPARE].map((path) => join(site.folder, path, "index.html"));
    const vnu = require.resolve("vnu-jar/build/dist/vnu.jar");
    const options = ["-Xss4m", "-jar", vnu, "--errors-only", "--exit-zero-always", "--format", "json", "--stdout"];
    const run = spawnSync("java", [...options, ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
    assert.equal(run.status, 0, String(run.error ?? run.stderr));
    nothing(JSON.parse(run.stdout).messages.map((/** @type {any} */ m) => `${m.url}:${m.lastLine}: ${m.message}`));
    const checker = new HtmlValidate({ root: true, extends: ["html-validate:recommended"] });
    for (const file of files) {
      const html = readFileSync(file, "utf8");
      assert.ok(/<table class="(scores )?grid"/.test(html), file);
      const { results } = await checker.validateString(html, file);
      nothing(results.flatMap(({ messages }) => messages.map((m) => `${file}:${m.line}: ${m.ruleId}: ${m.message}`)));
    }
  }, GRID);
});

test("21 heads stay in view in a table in one piece, and on paper it is a table like all others", async () => {
  await withBook([90, 90], async (site) => {
    for (const [path, width] of /** @type {const} */ ([[LIST, 1280], [COMPARE, 1280], [LIST, 320], [COMPARE, 320]])) {
      const { page, context, faults } = await open(site, path, { viewport: { width, height: 900 } });
      await page.locator("table.grid tbody tr").nth(30).scrollIntoViewIfNeeded();
      await page.locator(".mx:has(table.grid)").evaluate((box) => box.scrollTo(500, 0));
      const places = await page.evaluate(() => {
        const table = /** @type {HTMLTableElement} */ (document.querySelector("table.grid"));
        const box = /** @type {HTMLElement} */ (table.parentElement).getBoundingClientRect();
        const row = [...table.querySelectorAll("tbody tr:not(.group)")].find((row) => row.getBoundingClientRect().top > 300);
        const left = row?.querySelector("th")?.getBoundingClientRect().left ?? NaN;
        const top = /** @type {Element} */ (table.tHead).getBoundingClientRect().top;
        return { left: Math.round(left - box.left), top: Math.round(top), over: document.documentElement.scrollWidth - innerWidth };
      });
      assert.deepEqual(places, { left: 1, top: 0, over: 0 }, `${path} at ${width}`);
      await page.emulateMedia({ media: "print" });
      const shown = await page.evaluate(() => {
        const rows = [...document.querySelectorAll("table.grid tbody tr:not(.group)")];
        const styles = rows.map((row) => getComputedStyle(row));
        const visible = rows.map((row) => [...row.children].filter((cell) => cell.checkVisibility()).length);
        return {
          display: [...new Set(styles.map((style) => style.display))],
          content: [...new Set(styles.map((style) => style.contentVisibility))],
          head: getComputedStyle(/** @type {Element} */ (document.querySelector("table.grid thead"))).display,
          cells: [...new Set(visible)],
        };
      });
      assert.deepEqual(shown, { display: ["table-row"], content: ["visible"], head: "table-header-group", cells: [9] }, path);
      assert.deepEqual(faults, []);
      await context.close();
    }
  }, GRID);
});

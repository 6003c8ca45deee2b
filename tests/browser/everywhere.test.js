// What holds on every page with a table: access, keyboard, colours, bytes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { open, site } from "./site.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PAGES = ["compare/", "frameworks/", "frameworks/django/", "compare/django-vs-rails/"];

/** @type {import("./site.js").Site} */
let guide;
/** @type {string} */
let goal;
before(async () => {
  guide = await site();
  const { page, context } = await open(guide, "best-for/");
  const href = await page.locator("main .card a").first().getAttribute("href");
  goal = new URL(href ?? "", page.url()).href.slice(guide.url.length);
  await context.close();
});
after(() => guide.close());

test("axe finds nothing in either scheme, in forced colours or on a phone", async () => {
  /** @type {[string, import("playwright-core").BrowserContextOptions][]} */
  const looks = [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["forced", { forcedColors: "active" }],
    ["phone", { viewport: { width: 320, height: 640 } }],
  ];
  for (const path of [...PAGES, goal]) {
    for (const [name, options] of looks) {
      const { page, context, faults } = await open(guide, path, { ...options, bypassCSP: true });
      await page.addScriptTag({ content: axe });
      const found = await page.evaluate(async (tags) => {
        // @ts-expect-error axe is a global of the script just added
        const result = await window.axe.run({ runOnly: tags });
        return result.violations.flatMap((/** @type {any} */ v) =>
          v.nodes.map((/** @type {any} */ node) => `${v.id}: ${node.html} ${node.failureSummary}`),
        );
      }, TAGS);
      assert.deepEqual(found, [], `${path} ${name}`);
      assert.deepEqual(faults, [], `${path} ${name}`);
      await context.close();
    }
  }
});

test("a phone never scrolls a page sideways, only tables within it", async () => {
  for (const path of [...PAGES, goal]) {
    const { page, context } = await open(guide, path, { viewport: { width: 320, height: 640 } });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(over, 0, path);
    await context.close();
  }
});

test("nothing is cut off on paper, and heads stand where they belong", async () => {
  // The width between the margins of an A4 page.
  const paper = { viewport: { width: 688, height: 1000 } };
  for (const path of [...PAGES, goal]) {
    const { page, context } = await open(guide, path, paper);
    await page.emulateMedia({ media: "print" });
    const found = await page.evaluate(() => {
      const cells = [...document.querySelectorAll(":is(td, th)")].filter((cell) => cell.checkVisibility());
      return {
        cut: cells.filter((c) => c.getBoundingClientRect().right > innerWidth + 1).map((c) => c.outerHTML),
        moved: cells.filter((c) => getComputedStyle(c).position !== "static").length,
        heads: [...document.querySelectorAll("thead")].filter(
          (head) => getComputedStyle(head).display !== "table-header-group",
        ).length,
      };
    });
    assert.deepEqual(found, { cut: [], moved: 0, heads: 0 }, path);
    await context.close();
  }
});

test("every data table has a caption, heads with a scope and no empty cell", async () => {
  for (const path of [...PAGES, goal]) {
    const { page, context } = await open(guide, path);
    const faults = await page.evaluate(() =>
      [...document.querySelectorAll("table")].flatMap((table) => [
        ...(table.caption?.textContent?.trim() ? [] : ["no caption"]),
        ...[...table.querySelectorAll("th:not([scope])")].map((th) => `no scope: ${th.outerHTML}`),
        ...[...table.querySelectorAll("td, th")]
          .filter((cell) => !cell.textContent?.trim() && !cell.querySelector("svg"))
          .map((cell) => `empty: ${cell.outerHTML}`),
        ...(table.tBodies.length > 1
          ? [...table.tBodies]
              .filter((body) => !body.rows[0]?.querySelector("th[scope=rowgroup]"))
              .map(() => "a group without a head")
          : []),
      ]),
    );
    assert.deepEqual(faults, [], path);
    await context.close();
  }
});

test("with the keyboard alone every control is reached in order and can be seen", async () => {
  for (const path of ["compare/", "frameworks/"]) {
    const { page, context } = await open(guide, path);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
    const count = await page.evaluate(
      () => document.querySelectorAll("a[href], button, input, select, summary, [tabindex]").length,
    );
    let reached = 1;
    for (let i = 0; i < count + 5; i += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const focus = document.activeElement;
        if (!focus || focus === document.body) return null;
        const box = focus.getClientRects()[0] ?? focus.getBoundingClientRect();
        const [x, y] = [box.left + Math.min(box.width / 2, 12), box.top + Math.min(box.height / 2, 12)];
        const top = document.elementFromPoint(x, y);
        const isSeen = focus.contains(top) || top?.contains(focus) || focus.matches(".mx");
        const { outlineStyle } = getComputedStyle(focus);
        return { html: focus.outerHTML.slice(0, 120), isSeen, outlineStyle, x, y };
      });
      if (!at) break;
      reached += 1;
      assert.ok(at.isSeen, `${path}: ${at.html} is covered at ${at.x}, ${at.y}`);
      assert.notEqual(at.outlineStyle, "none", `${path}: ${at.html} has no outline`);
    }
    const hidden = await page.evaluate(
      () =>
        [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")].filter(
          (e) => !e.checkVisibility(),
        ).length,
    );
    assert.equal(reached, count - hidden, `${path}: not all is reached`);
    await context.close();
  }
});

test("a table scrolls with the arrow keys", async () => {
  const { page, context } = await open(guide, "compare/", { viewport: { width: 320, height: 640 } });
  const region = page.locator(".mx").first();
  await region.focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => (document.querySelector(".mx")?.scrollLeft ?? 0) > 50);
  await context.close();
});

test("the stored scheme is set before anything is painted, and the control changes it", async () => {
  const { page, context, faults } = await open(guide, "compare/", { colorScheme: "light" });
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await colour(), "rgb(255, 255, 255)");
  await page.getByLabel("Colours").selectOption("dark");
  assert.equal(await colour(), "rgb(15, 19, 25)");
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      // @ts-expect-error kept for the test
      window.schemeAtBody = document.documentElement.dataset.theme;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  // @ts-expect-error set above
  assert.equal(await page.evaluate(() => window.schemeAtBody), "dark");
  assert.equal(await colour(), "rgb(15, 19, 25)");
  assert.equal(await page.getByLabel("Colours").inputValue(), "dark");
  await page.getByLabel("Colours").selectOption("");
  assert.equal(await colour(), "rgb(255, 255, 255)");
  assert.deepEqual(faults, []);
  await context.close();
});

test("rows close together stay so from page to page", async () => {
  const { page, context } = await open(guide, "compare/");
  const height = () => page.evaluate(() => document.querySelector("tbody tr:nth-child(2)")?.clientHeight ?? 0);
  const wide = await height();
  await page.getByLabel("Compact rows").check();
  assert.ok((await height()) < wide);
  await page.goto(`${guide.url}frameworks/`);
  assert.ok(await page.getByLabel("Compact rows").isChecked());
  await context.close();
});

test("style sheets, scripts and pages are within their budgets", async () => {
  const { page, context } = await open(guide, "compare/");
  const all = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  // Browsers ask for the icon when they like.
  const names = all.filter((name) => !name.endsWith(".svg"));
  await context.close();
  assert.ok(names.length <= 5, `${names}`);
  /** @type {Record<string, [number, number]>} */
  const budgets = { site: [24_000, 6_144], compare: [Infinity, 2_048], tables: [Infinity, 8_000], theme: [300, 300], search: [Infinity, 3_000] };
  for (const url of names) {
    const path = url.slice(guide.url.length);
    const bytes = readFileSync(join(guide.folder, path));
    const [raw, packed] = budgets[path.split("/")[1].split(".")[0]];
    const size = gzipSync(bytes, { level: 9 }).length;
    assert.ok(bytes.length <= raw && size <= packed, `${path}: ${bytes.length} bytes, ${size} packed`);
  }
  const html = gzipSync(readFileSync(join(guide.folder, "compare/index.html")), { level: 9 }).length;
  assert.ok(html <= 70_000, `${html} bytes of HTML`);
});

// Tables with frameworks as rows: they are sorted by their heads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, site } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** A column's cells, top to bottom. @param {import("playwright-core").Page} page @param {number} column */
const cells = (page, column) =>
  page.locator(`table[data-sorted] tbody tr > :nth-child(${column + 1})`).allTextContents();

/**
 * Waits until a table has so many rows: one that is wide is filled in steps.
 * @param {import("playwright-core").Page} page @param {number} rows
 */
const filled = (page, rows) =>
  page.waitForFunction((n) => document.querySelectorAll("table[data-sorted] tbody tr").length === n, rows);

/** @param {string} text */
const isKnown = (text) => !/^(Unknown|Not applicable|Not ranked)/.test(text.trim());

/** The address of a goal's page. */
async function aGoal() {
  const { page, context } = await open(guide, "best-for/");
  const href = await page.locator("main .card a").first().getAttribute("href");
  const url = new URL(href ?? "", page.url()).href.slice(guide.url.length);
  await context.close();
  return url;
}

test("14 every head sorts both ways, and what is unknown stays last", async () => {
  for (const path of ["frameworks/", await aGoal()]) {
    const { page, context, faults } = await open(guide, path);
    const table = page.locator("table[data-sorted]");
    const heads = await table.locator("thead th").all();
    const count = await table.locator("tbody tr").count();
    let sorted = 0;
    for (const [column, head] of heads.entries()) {
      const button = head.locator("button");
      if (!(await button.isVisible())) continue;
      sorted += 1;
      const title = await button.textContent();
      const first = await head.getAttribute("data-start");
      const ways = first === "desc" ? ["descending", "ascending"] : ["ascending", "descending"];
      /** @type {string[][]} */
      const found = [];
      for (const way of ways) {
        await button.focus();
        await page.keyboard.press("Enter");
        assert.equal(await head.getAttribute("aria-sort"), way, `${title}`);
        assert.equal(await table.locator("[aria-sort]").count(), 1);
        const isFocused = await button.evaluate((element) => element === document.activeElement);
        assert.ok(isFocused, `${title} lost the focus`);
        const said = await page.locator(".behind [role=status]").textContent();
        assert.ok(said?.endsWith(`: sorted by ${title}, ${way}. Unknown values last.`), said ?? "");
        await filled(page, count);
        const texts = await cells(page, column);
        const known = texts.filter(isKnown);
        assert.deepEqual(texts.slice(0, known.length), known, `${title}: unknown values are not last`);
        found.push(known);
      }
      const [one, other] = found;
      assert.deepEqual(new Set(one), new Set(other), `${title}`);
      if (new Set(one).size > 1) assert.equal(one[0], other.at(-1), `${title}: ${one}; ${other}`);
    }
    assert.ok(sorted >= 3, `${sorted} heads sort ${path}`);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test("14 numbers sort by value and equal ones stay in the order of the page", async () => {
  const { page, context } = await open(guide, await aGoal());
  const before = await page.locator("table[data-sorted] tbody th").allTextContents();
  const column = 2;
  await page.locator(`table[data-sorted] thead th:nth-child(${column + 1}) button`).click();
  const names = await page.locator("table[data-sorted] tbody th").allTextContents();
  const values = await cells(page, column);
  for (let i = 1; i < values.length; i += 1) {
    if (!isKnown(values[i])) continue;
    const [a, b] = [Number(values[i - 1]), Number(values[i])];
    assert.ok(a >= b, `${values}`);
    if (a === b) assert.ok(before.indexOf(names[i - 1]) < before.indexOf(names[i]), `${names}`);
  }
  await context.close();
});

test("22 the address keeps the order", async () => {
  const { page, context, faults } = await open(guide, "frameworks/");
  const body = page.locator("table[data-sorted]");
  const rows = await body.locator("tbody tr").count();
  await page.locator("thead button").nth(1).click();
  await page.waitForURL(/\?sort=_language:asc$/);
  await filled(page, rows);
  const first = await body.evaluate((table) => table.outerHTML);
  await page.reload();
  await filled(page, rows);
  assert.equal(await body.evaluate((table) => table.outerHTML), first);
  assert.equal(await page.locator("link[rel=canonical]").getAttribute("href"), "https://example.org/repo/frameworks/");
  await page.goto(`${guide.url}frameworks/?sort=nothing:up&f=x`);
  assert.equal(await page.locator("[aria-sort]").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("09 without scripts a table stands in the order that its caption names", async () => {
  const { page, context } = await open(guide, "frameworks/", { javaScriptEnabled: false });
  const names = await page.locator("tbody th").allTextContents();
  const compare = new Intl.Collator("en").compare;
  assert.deepEqual(names, [...names].sort(compare));
  assert.match((await page.locator("caption").textContent()) ?? "", /in the order of their names/);
  assert.equal(await page.locator("main :is(button, select, input):visible").count(), 0);
  await context.close();
});

/** Names of the columns of the table of all frameworks. @param {import("playwright-core").Page} page */
const heads = async (page) => {
  const all = await page.locator("table[data-sorted] thead th:visible").allTextContents();
  return all.map((text) => text.trim());
};

test("09 without scripts a reader chooses which criteria are columns", async () => {
  const { page, context, faults } = await open(guide, "frameworks/", { javaScriptEnabled: false });
  const usual = await heads(page);
  await page.locator("details.pick summary").click();
  const boxes = page.locator(".picks input");
  assert.ok((await boxes.count()) > 40, `${await boxes.count()} boxes`);
  assert.equal(await page.locator(".picks :checked").count(), usual.length - 3);
  const name = await page.locator(".picks label").last().textContent();
  await boxes.last().check();
  await boxes.first().uncheck();
  const now = await heads(page);
  assert.equal(now.length, usual.length);
  assert.ok(now.at(-1)?.startsWith(name ?? "?"), `${now}`);
  assert.ok(!now.includes(usual[3]), `${now}`);
  const shown = await page.locator("table[data-sorted] tbody tr").first().locator("> :visible").count();
  assert.equal(shown, now.length);
  assert.deepEqual(faults, []);
  await context.close();
});

test("22 the criteria that are columns stand in the address, and the order of one that is left out is undone", async () => {
  const { page, context, faults } = await open(guide, "frameworks/");
  const names = await page.locator("tbody th").allTextContents();
  const note = await page.locator("caption small").textContent();
  await page.locator("details.pick summary").click();
  const first = page.locator(".picks input").first();
  const key = await first.getAttribute("value");
  await page.locator(`th[data-k="${key}"] button`).click();
  await page.waitForURL(`**/frameworks/?sort=${key}:desc`);
  await page.locator(".picks input").nth(7).check();
  assert.equal(await page.locator("[aria-sort]").count(), 1);
  await first.uncheck();
  assert.equal(await page.locator("[aria-sort]").count(), 0);
  await filled(page, names.length);
  assert.deepEqual(await page.locator("tbody th").allTextContents(), names);
  assert.equal(await page.locator("caption small").textContent(), note);
  assert.match((await page.locator(".behind [role=status]").textContent()) ?? "", /^6 of \d+ criteria shown\.$/);
  await page.waitForURL(/\?c=[a-z0-9,-]+$/);
  const chosen = await heads(page);
  await page.reload();
  assert.deepEqual(await heads(page), chosen);
  await first.evaluate((box) => /** @type {HTMLInputElement} */ (box).click());
  await page.locator(".picks input").nth(7).evaluate((box) => /** @type {HTMLInputElement} */ (box).click());
  await page.waitForURL((url) => url.search === "");
  await page.goto(`${guide.url}frameworks/?c=nothing&sort=${await page.locator(".picks input").last().getAttribute("value")}:desc`);
  const said = await page.locator(".behind [role=status]").textContent();
  assert.ok(said?.startsWith("A part of the address was not understood and is left out."), said ?? "");
  assert.equal(await page.locator("[aria-sort]").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("21 paper shows the first six of the criteria that are picked", async () => {
  const { page, context } = await open(guide, "frameworks/");
  await page.locator("details.pick summary").click();
  await page.locator(".picks input").last().check();
  const chosen = await heads(page);
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await heads(page), chosen.slice(0, -1));
  assert.equal(await page.locator(".paper:visible").count(), 1);
  await page.emulateMedia({ media: "screen" });
  await page.locator(".picks input").first().uncheck();
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await heads(page), [...chosen.slice(0, 3), ...chosen.slice(4)]);
  assert.equal(await page.locator(".paper:visible").count(), 0);
  await context.close();
});

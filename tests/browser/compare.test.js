// The page that compares: columns are picked and rows left out, with and without a script.

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, test } from "node:test";
import { book } from "./made.js";
import { open, site } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** The names of the columns that are shown. @param {import("playwright-core").Page} page */
const columns = (page) => page.locator(".pick ~ .mx thead th:visible").allTextContents();

/** @param {import("playwright-core").Page} page */
const rows = (page) => page.locator(".pick ~ .mx tr[data-k]:visible").count();

/** @param {import("playwright-core").Page} page */
const status = (page) => page.locator(".pick .status").textContent();

/** What a reader sees of the table and its controls. @param {import("playwright-core").Page} page */
const seen = (page) =>
  page.evaluate(() => ({
    table: /** @type {HTMLElement} */ (document.querySelector(".pick ~ .mx")).innerText,
    marks: [...document.querySelectorAll("tr[data-k]:has(.best)")].map((row) =>
      [...row.children].findIndex((cell) => cell.classList.contains("best")),
    ),
    status: document.querySelector(".pick .status")?.textContent,
    controls: [...document.querySelectorAll(".pick :is(input, select)")].map((control) => {
      const input = /** @type {HTMLInputElement} */ (control);
      return input.type === "checkbox" ? String(input.checked) : input.value;
    }),
  }));

test("09 without scripts columns are picked, and no control is dead", async () => {
  const { page, context, faults } = await open(guide, "compare/", { javaScriptEnabled: false });
  const all = await columns(page);
  const every = await rows(page);
  assert.ok(all.length > 3 && every > 30, `${all.length} columns, ${every} rows`);
  const picks = page.locator(".picks label");
  for (let i = 0; i < all.length - 3; i += 1) await picks.nth(i).click();
  assert.deepEqual(await columns(page), [all[0], ...all.slice(-2)]);
  for (const selector of ["main button", "select", "main input[type=search]", "[data-js]"]) {
    assert.equal(await page.locator(`${selector}:visible`).count(), 0, selector);
  }
  // What would leave no row out is not offered.
  const same = await page.locator("tr[data-same]").count();
  assert.equal(await page.getByLabel("Only differences").isVisible(), same > 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("09 without scripts rows that are the same for all are left out", async (t) => {
  const root = book(5, 12);
  const small = await site(root);
  t.after(async () => {
    await small.close();
    rmSync(root, { recursive: true });
  });
  const { page, context, faults } = await open(small, "compare/", { javaScriptEnabled: false });
  const every = await rows(page);
  const same = await page.locator("tr[data-same]").count();
  assert.ok(same > 0 && same < every, `${same} of ${every}`);
  await page.getByLabel("Only differences").check();
  assert.equal(await rows(page), every - same);
  assert.equal(await page.locator("tbody:visible").count(), await page.locator("tbody:not([data-same])").count());
  assert.deepEqual(faults, []);
  await context.close();
});

test("rows that are the same, best marks and the count are those of the columns that are shown", async () => {
  const { page, context, faults } = await open(guide, "compare/");
  const every = await rows(page);
  const names = (await columns(page)).slice(1);
  assert.equal(await status(page), `${every} of ${every} rows shown, ${names.length} of ${names.length} frameworks.`);
  for (const label of (await page.locator(".picks label").all()).slice(2)) await label.click();
  // Each row by what its two cells say; what is not known is never the same.
  const told = await page.evaluate(() =>
    [...document.querySelectorAll("tr[data-k]")].map((row) => {
      const cells = [...row.querySelectorAll("td")].slice(0, 2);
      const plain = cells.map((cell) => (cell.textContent ?? "").replace("Best", "").trim());
      const isKnown = cells.every((cell) => !["unk", "na"].some((c) => cell.classList.contains(c)));
      return {
        name: row.getAttribute("data-k"),
        isSame: isKnown && plain[0] === plain[1],
        isMarkedSame: row.hasAttribute("data-same"),
        numbers: plain.map((text) => Number(text.replace(/,| of 5/g, ""))),
        best: /** @type {HTMLElement} */ (row).dataset.best,
        isKnown,
        marks: cells.map((cell) => cell.classList.contains("best") && !!cell.querySelector(".badge")),
      };
    }),
  );
  for (const row of told) {
    assert.equal(row.isMarkedSame, row.isSame, `${row.name}: ${row.numbers}`);
    const [a, b] = row.best === "low" ? row.numbers.map((n) => -n) : row.numbers;
    const expected = row.best && row.isKnown ? [a > b, b > a] : [false, false];
    assert.deepEqual(row.marks, expected, `${row.name}: ${row.numbers}`);
  }
  await page.getByLabel("Only differences").check();
  const left = await rows(page);
  assert.equal(left, told.filter((row) => !row.isSame).length);
  assert.equal(await status(page), `${left} of ${every} rows shown, 2 of ${names.length} frameworks.`);
  assert.equal(await page.locator(".group:visible th").first().getAttribute("colspan"), "3");
  assert.deepEqual(faults, []);
  await context.close();
});

test("a name filters rows, and a group without rows is not shown", async () => {
  const { page, context } = await open(guide, "compare/");
  await page.getByLabel("Name contains").fill("orm");
  const names = await page.locator("tr[data-k]:visible th").allTextContents();
  assert.ok(names.length > 0 && names.every((name) => name.toLowerCase().includes("orm")), `${names}`);
  const groups = await page.locator("tbody:visible").count();
  assert.ok(groups <= names.length, `${groups} groups for ${names.length} rows`);
  await page.getByLabel("Name contains").fill("nothing is called so");
  assert.equal(await page.locator("tbody:visible").count(), 0);
  assert.match((await status(page)) ?? "", /^0 of /);
  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal(await rows(page), await page.locator("tr[data-k]").count());
  await context.close();
});

test("sets pick what belongs together", async () => {
  const { page, context } = await open(guide, "compare/");
  const set = page.getByLabel("Choose");
  const titles = await set.locator("optgroup option").allTextContents();
  assert.ok(titles.includes("Python only") && titles.includes("Full stack"), `${titles}`);
  await set.selectOption({ label: "Python only" });
  const names = await columns(page);
  assert.ok(names.includes("Django") && names.includes("Flask") && !names.includes("Laravel"), `${names}`);
  await page.getByLabel("Laravel").check();
  assert.equal(await set.inputValue(), "");
  await set.selectOption({ label: "All frameworks" });
  assert.equal((await columns(page)).length, (await page.locator(".picks label").count()) + 1);
  await context.close();
});

test("22 the address keeps what was chosen, and nothing else", async () => {
  const { page, context, faults } = await open(guide, "compare/");
  await page.getByLabel("Name contains").fill("web s");
  await page.getByLabel("Only differences").check();
  await page.getByLabel("Choose").selectOption({ label: "Python only" });
  await page.waitForURL(/\?f=.*only=diff/);
  const query = new URL(page.url()).search;
  assert.match(query, /^\?f=[a-z,-]+&only=diff&q=web%20s$/);
  const first = await seen(page);
  await page.reload();
  assert.deepEqual(await seen(page), first);
  const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
  assert.ok(canonical && !canonical.includes("?"), canonical ?? "");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForURL((url) => url.search === "");
  assert.deepEqual(faults, []);
  await context.close();
});

test("22 an address that nobody understands does not break the page", async () => {
  const plain = await open(guide, "compare/");
  const whole = await seen(plain.page);
  await plain.context.close();
  const said = "A part of the address was not understood and is left out.";
  for (const query of ["?f=nobody", "?only=%00&f=", "?f=<b>,,,&only=all", "?w.orm=99&utm=1&sort=x:y", "?%"]) {
    const { page, context, faults } = await open(guide, `compare/${query}`);
    assert.deepEqual(faults, [], query);
    const found = await seen(page);
    if (!query.includes("f=&") && !query.endsWith("f=")) assert.equal(found.table, whole.table, query);
    const isWrong = ["nobody", "only", "sort"].some((word) => query.includes(word));
    assert.equal(found.status?.startsWith(said), isWrong, `${query}: ${found.status}`);
    await context.close();
  }
});

test("21 paper shows the first eight of the columns that are picked", async () => {
  const { page, context } = await open(guide, "compare/");
  await page.emulateMedia({ media: "print" });
  const all = await columns(page);
  const count = await page.locator(".picks label").count();
  assert.equal(all.length, Math.min(count, 8) + 1);
  assert.equal(await page.locator(".paper:visible").count(), count > 8 ? 1 : 0);
  assert.equal(await page.locator(".pick:visible, button:visible").count(), 0);
  await page.emulateMedia({ media: "screen" });
  await page.locator(".picks label").first().click();
  await page.emulateMedia({ media: "print" });
  const rest = await columns(page);
  assert.ok(!rest.includes(all[1]), `${rest}`);
  assert.equal(rest.length, Math.min(count - 1, 8) + 1);
  await context.close();
});

/** Names of the columns, without the first. @param {import("playwright-core").Page} page */
const frameworks = async (page) => (await columns(page)).slice(1);

/** Waits until all rows are there. @param {import("playwright-core").Page} page @param {number} count */
const whole = (page, count) =>
  page.waitForFunction((n) => document.querySelectorAll(".pick ~ .mx tr[data-k]").length === n, count);

test("22 columns stand in the order of a criterion, what is unknown last, and the address keeps it", async () => {
  const { page, context, faults } = await open(guide, "compare/");
  const count = await page.locator("tr[data-k]").count();
  const note = page.locator(".pick ~ .mx caption small");
  const usual = { names: await frameworks(page), note: await note.textContent() };
  const order = page.getByLabel("Order", { exact: true });
  let known = 0;
  for (const best of ["high", "low", "none"]) {
    const row = page.locator(best === "none" ? "tr[data-k]:not([data-best])" : `tr[data-k][data-best=${best}]`).first();
    const key = (await row.getAttribute("data-k")) ?? "";
    const title = await row.locator("th a").textContent();
    await order.selectOption(key);
    await whole(page, count);
    const way = best === "low" ? "ascending" : "descending";
    const told = await page.locator(".pick .status").textContent();
    assert.ok(told?.endsWith(` Frameworks sorted by ${title}, ${way}. Unknown values last.`), told ?? "");
    assert.equal(await note.textContent(), `sorted by ${title}, ${way}`);
    const places = await page.locator(`tr[data-k="${key}"] td`).evaluateAll((cells) =>
      cells.map((cell) => [Number(cell.dataset.o ?? "NaN"), Number(/\bc(\d+)/.exec(cell.className)?.[1])]),
    );
    for (const [i, [place, column]] of places.entries()) {
      if (i === 0) continue;
      const [before, columnBefore] = places[i - 1];
      const step = way === "ascending" ? place - before : before - place;
      const isKnown = !Number.isNaN(place);
      known += isKnown ? 1 : 0;
      assert.ok(isKnown ? step >= 0 : true, `${title}: ${places.join("; ")}`);
      if (step === 0 || (!isKnown && Number.isNaN(before))) assert.ok(column > columnBefore, `${title}: ${places.join("; ")}`);
    }
    // Every row has its cells in the order of the heads.
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll(".pick ~ .mx tr:not(.group)")].map((row) =>
        [...row.children].map((cell) => /\bc\d+/.exec(cell.className)?.[0] ?? "").join(" "),
      ),
    );
    assert.equal(new Set(rows).size, 1, `${title}: ${[...new Set(rows)].join("\n")}`);
    await page.waitForURL(`**/compare/?sort=${key}:${way === "ascending" ? "asc" : "desc"}`);
  }
  assert.ok(known > 10, `${known} known values`);
  const first = await seen(page);
  await page.reload();
  assert.deepEqual(await seen(page), first);
  await order.selectOption({ label: "By name" });
  await whole(page, count);
  assert.deepEqual(await frameworks(page), usual.names);
  assert.equal(await note.textContent(), usual.note);
  await page.waitForURL((url) => url.search === "");
  await page.goto(`${guide.url}compare/?sort=_name:desc`);
  assert.deepEqual(await frameworks(page), usual.names.toReversed());
  assert.deepEqual(faults, []);
  await context.close();
});

test("21 columns in an order are picked, marked and printed as they stand", async () => {
  const { page, context, faults } = await open(guide, "compare/");
  const count = await page.locator("tr[data-k]").count();
  const marks = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("td.best")].map((cell) => `${cell.parentElement?.dataset.k} ${/\bc\d+/.exec(cell.className)}`).sort(),
    );
  await page.locator(".picks label").first().click();
  const plain = await marks();
  const key = (await page.locator("tr[data-best]").first().getAttribute("data-k")) ?? "";
  await page.getByLabel("Order", { exact: true }).selectOption(key);
  await whole(page, count);
  assert.deepEqual(await marks(), plain);
  const names = await frameworks(page);
  assert.equal(names.length, (await page.locator(".picks label").count()) - 1);
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await frameworks(page), names.slice(0, 8));
  assert.equal(await page.locator("tr[data-k] >> nth=0").locator("td:visible").count(), Math.min(names.length, 8));
  await page.emulateMedia({ media: "screen" });
  await page.locator(".picks label", { hasText: names[0] }).first().click();
  assert.deepEqual(await frameworks(page), names.slice(1));
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await frameworks(page), names.slice(1, 9));
  assert.deepEqual(faults, []);
  await context.close();
});

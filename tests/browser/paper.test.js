// Pages on paper: A4, made into PDF files, and read again by the tools of Poppler.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { nothing, open, pages, samples, site, visit } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
/** @type {string} */
let folder;
before(async () => {
  guide = await site();
  folder = mkdtempSync(join(tmpdir(), "fieldguide-paper-"));
});
after(async () => {
  await guide.close();
  rmSync(folder, { recursive: true });
});

/** The width between the margins of an A4 page, in pixels. */
const PAPER = { viewport: { width: 688, height: 1000 } };

/** How many sheets these pages take; `UPDATE=1` writes them anew. */
const baseline = new URL("paper.json", import.meta.url);
const RECORDED = ["compare/", "compare/django-vs-rails/", "frameworks/", "frameworks/django/", "best-for/startups-and-saas/"];

/**
 * The sheets of a page as words with their places, in points.
 * @param {string} file
 */
function sheets(file) {
  const xml = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
  return xml.split("<page ").slice(1).map((sheet) => {
    const [, width] = /width="([\d.]+)"/.exec(sheet) ?? [];
    const words = [...sheet.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)];
    return {
      width: Number(width),
      text: words.map((word) => word[5]).join(" "),
      words: words.map(([, left, , right, , text]) => ({ left: Number(left), right: Number(right), text })),
    };
  });
}

/** @param {import("playwright-core").Page} page @param {string} name */
async function print(page, name) {
  const file = join(folder, `${name}.pdf`);
  await page.pdf({ path: file, format: "A4", preferCSSPageSize: true, printBackground: true });
  return file;
}

test("21 on paper nothing is cut off, no control is left, and heads stand where they belong", async () => {
  /** @type {string[]} */
  const found = [];
  await visit(guide, pages(guide), PAPER, async (page, { path }) => {
    await page.emulateMedia({ media: "print" });
    const faults = await page.evaluate(() => {
      const seen = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility());
      const cells = seen.filter((element) => element.matches("td, th"));
      return [
        ...cells.filter((cell) => cell.getBoundingClientRect().right > innerWidth + 1).map((cell) => `cut: ${cell.outerHTML}`),
        ...cells.filter((cell) => getComputedStyle(cell).position !== "static").map((cell) => `not in its place: ${cell.outerHTML}`),
        ...seen.filter((e) => e.matches("thead") && getComputedStyle(e).display !== "table-header-group").map((head) => `not repeated: ${head.outerHTML}`),
        ...seen.filter((e) => e.matches("button:not(th button), input, select, nav, form")).map((control) => `a control: ${control.outerHTML}`),
      ].map((fault) => fault.slice(0, 160));
    });
    found.push(...faults.map((fault) => `${path}: ${fault}`));
  });
  nothing(found);
});

test("21 every sheet shows whole words, and the head of the table that goes on", async (t) => {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const path of RECORDED) {
    const { page, context } = await open(guide, path);
    const all = sheets(await print(page, "sheets"));
    counts[path] = all.length;
    for (const [i, { width, words }] of all.entries()) {
      const cut = words.filter(({ left, right }) => left < 39 || right > width - 38);
      assert.deepEqual(cut, [], `${path}: sheet ${i + 1} of ${all.length}: words in the margins`);
    }
    // Signs tell to which table a row and a head belong.
    const tables = await page.evaluate(() => {
      const tables = [...document.querySelectorAll("table")].filter((table) => table.checkVisibility());
      for (const [i, table] of tables.entries()) {
        table.tHead?.rows[0].cells[0].append(` (h${i})`);
        for (const head of table.querySelectorAll("tbody th[scope=row]")) head.append(` (r${i})`);
      }
      return tables.length;
    });
    let parted = 0;
    const marked = sheets(await print(page, "marked"));
    for (let i = 0; i < tables; i += 1) {
      const on = marked.filter(({ text }) => text.includes(`(r${i})`));
      assert.ok(on.length > 0, `${path}: table ${i + 1} is not there`);
      for (const { text } of on) assert.ok(text.includes(`(h${i})`), `${path}: table ${i + 1} goes on without its head: ${text.slice(0, 200)}`);
      if (on.length > 1) parted += 1;
    }
    if (path === "compare/") assert.ok(parted > 0, "no table is parted");
    await context.close();
  }
  t.diagnostic(JSON.stringify(counts));
  if (process.env.UPDATE) writeFileSync(baseline, `${JSON.stringify(counts, null, 2)}\n`);
  const recorded = JSON.parse(readFileSync(baseline, "utf8"));
  assert.deepEqual(counts, recorded, "sheets of paper; look at them, and record them with UPDATE=1");
});

test("21 paper is white with dark letters, also for readers of the dark scheme", async () => {
  for (const { path } of samples(guide)) {
    const { page, context } = await open(guide, path, { colorScheme: "dark" });
    const control = page.getByLabel("Colours");
    if (await control.count()) await control.selectOption("dark");
    const file = await print(page, "dark");
    const picture = execFileSync("pdftoppm", ["-gray", "-r", "24", "-f", "1", "-l", "1", file], { maxBuffer: 1 << 26 });
    // P5, width and height, the largest value, then a byte for each dot.
    const [, head] = /^(P5\s+\d+\s+\d+\s+255\s)/.exec(picture.subarray(0, 40).toString("latin1")) ?? [];
    assert.ok(head, "no picture");
    const dots = picture.subarray(head.length);
    const mean = dots.reduce((sum, dot) => sum + dot, 0) / dots.length;
    assert.ok(mean > 225 && dots[0] === 255, `${path}: ${mean.toFixed()} of 255`);
    assert.ok(dots.some((dot) => dot < 140), `${path}: nothing dark`);
    await context.close();
  }
});

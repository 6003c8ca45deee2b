// Whether pages, tables and data say the same of each fact, and what a later day changes.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { TODAY, LATER } from "./served.js";
import { files, nothing, open, pages, site } from "./site.js";

/**
 * @typedef {{ state: "known" | "unknown" | "na", value?: unknown, text?: string, note?: string | null, source?: string | null, checked?: string | null, stale?: boolean }} Fact
 * @typedef {{ slug: string, name: string, facts: Record<string, Fact> }} Framework
 * @typedef {{ id: string, title: string, kind: string, max_age: number }} Criterion
 */

/** @type {import("./site.js").Site} */
let guide;
/** @type {Framework[]} */
let frameworks;
/** @type {Criterion[]} */
let criteria;
/** @param {string} folder @param {string} file */
const json = (folder, file) => JSON.parse(readFileSync(join(folder, "api/v1", file), "utf8"));
before(async () => {
  guide = await site();
  frameworks = json(guide.folder, "frameworks.json");
  criteria = json(guide.folder, "criteria.json");
});
after(() => guide.close());

/** How a state is written in each form; a known value is written in its own way. @param {Fact} fact */
function words({ state, value }) {
  if (state === "unknown") return { html: "Unknown", md: "Unknown", csv: "unknown" };
  if (state === "na") return { html: "Not applicable", md: "Not applicable", csv: "n/a" };
  if (value === false) return { html: "No", md: "No", csv: "no" };
  if (value === true) return { html: "Yes", md: "Yes", csv: "yes" };
  return null;
}

/** Rows of a CSV file. @param {string} text */
function rows(text) {
  return text.replace(/\n$/, "").split("\n").map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((cell) => cell[1].replace(/^"|"$/g, "").replaceAll('""', '"')).slice(0, -1),
  );
}

test("the guide has what this list is about", (t) => {
  const goals = readdirSync(join(guide.folder, "api/v1/goals")).map((file) => json(guide.folder, `goals/${file}`));
  const states = frameworks.flatMap(({ facts }) => Object.values(facts).map((fact) => words(fact)?.html ?? "a value"));
  const counts = Object.fromEntries(["Unknown", "Not applicable", "No", "Yes", "a value"].map((word) => [word, states.filter((state) => state === word).length]));
  t.diagnostic(`${frameworks.length} frameworks, ${criteria.length} criteria, ${goals.length} goals, ${JSON.stringify(counts)}`);
  assert.ok(frameworks.length >= 12 && criteria.length >= 30 && goals.length >= 4);
  for (const [word, count] of Object.entries(counts)) assert.ok(count > 0, `no fact is ${word}`);
  assert.ok(goals.some((goal) => goal.unranked.length > 0), "no goal leaves a framework out");
  assert.ok(pages(guide).some(({ html }) => html.includes("Close call")), "no goal is a close call");
  const stale = (/** @type {string} */ folder) => json(folder, "frameworks.json").flatMap((/** @type {Framework} */ f) => Object.values(f.facts)).filter((/** @type {Fact} */ fact) => fact.stale);
  assert.ok(stale(guide.later).length > 100, "on the later day no fact is too old");
});

test("16 what is unknown, what does not apply and what is not so differ in every form", async (t) => {
  /** @type {string[]} */
  const found = [];
  const [head, ...lines] = rows(readFileSync(join(guide.folder, "api/v1/matrix.csv"), "utf8"));
  const { page, context } = await open(guide, "compare/");
  const matrix = await page.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll("tr[data-k]")].map((row) => [row.getAttribute("data-k"), [...row.querySelectorAll("td")].map((cell) => cell.textContent?.trim())])),
  );
  const columns = await page.locator(".pick ~ .mx thead th a").allTextContents();
  let count = 0;
  for (const { slug, name, facts } of frameworks) {
    await page.goto(`${guide.url}frameworks/${slug}/`);
    const cells = await page.evaluate(() =>
      Object.fromEntries([...document.querySelectorAll("tr[id^=F-]")].map((row) => [row.id.slice(2), row.querySelector("td")?.textContent?.trim()])),
    );
    const twin = readFileSync(join(guide.folder, "frameworks", slug, "index.md"), "utf8");
    for (const { id, title } of criteria) {
      const expected = words(facts[id]);
      const cell = lines.find((line) => line[0] === slug)?.[head.indexOf(id)];
      const md = twin.split("\n").find((line) => line.startsWith(`| [${title}](`))?.split(" | ")[1];
      const seen = { profile: cells[id], matrix: matrix[id]?.[columns.indexOf(name)], csv: cell, md };
      const nothings = ["Unknown", "Not applicable", "No", "unknown", "n/a", "no"];
      const isRight = expected
        ? seen.profile === expected.html && seen.matrix === expected.html && seen.csv === expected.csv && seen.md === expected.md
        : Object.values(seen).every((text) => text && !nothings.includes(text));
      if (!isRight) found.push(`${name}, ${title}: ${JSON.stringify(facts[id])} is ${JSON.stringify(seen)}`);
      count += 1;
    }
  }
  await context.close();
  nothing(found);
  t.diagnostic(`${count} facts in four forms`);
});

test("16 pages of criteria tell them apart as well", async (t) => {
  /** @type {string[]} */
  const found = [];
  const seen = { Unknown: 0, "Not applicable": 0, No: 0, Yes: 0, other: 0 };
  const { page, context } = await open(guide, "criteria/");
  for (const { id } of criteria) {
    const path = `criteria/${id}/`;
    const told = await page.evaluate(async (url) => {
      const document = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
      const rows = [...document.querySelectorAll("tbody tr:has(> th a[href*='frameworks/'])")];
      return Object.fromEntries(rows.map((row) => [row.querySelector("th a")?.textContent, row.querySelector("td")?.textContent?.trim()]));
    }, guide.url + path);
    for (const { name, facts } of frameworks) {
      const expected = words(facts[id])?.html;
      const isRight = expected ? told[name] === expected : told[name] && !(told[name] in seen);
      if (!isRight) found.push(`${path}: ${name}: "${told[name]}", not "${expected}"`);
      seen[/** @type {keyof typeof seen} */ (expected ?? "other")] += 1;
    }
  }
  await context.close();
  nothing(found);
  t.diagnostic(JSON.stringify(seen));
});

/** A fact as a cell of the CSV file. @param {Fact} fact @param {string} kind */
function cellOf(fact, kind) {
  const { value, text = "", note } = fact;
  const word = words(fact)?.csv;
  if (word) return word;
  if (kind === "boolean") return `${value}:${note}`;
  if (Array.isArray(value) && value.length === 0) return "none";
  const plain = Array.isArray(value) || kind === "choice" ? text : String(value);
  return /^[=+@-]/.test(plain) ? `'${plain}` : plain;
}

test("29 the CSV file, read again, is the JSON file", (t) => {
  const [head, ...lines] = rows(readFileSync(join(guide.folder, "api/v1/matrix.csv"), "utf8"));
  const expected = frameworks.map(({ slug, facts }) => [slug, ...criteria.map(({ id, kind }) => cellOf(facts[id], kind))]);
  assert.deepEqual(head, ["framework", ...criteria.map(({ id }) => id)]);
  assert.deepEqual(lines, expected);
  t.diagnostic(`${lines.length} rows of ${head.length}`);
});

test("26 every fact of a profile has a source and a day", async (t) => {
  /** @type {string[]} */
  const found = [];
  let count = 0;
  const { page, context } = await open(guide, "404.html");
  for (const { slug, name, facts } of frameworks) {
    await page.goto(`${guide.url}frameworks/${slug}/`);
    const told = await page.evaluate(() =>
      [...document.querySelectorAll("tr[id^=F-]")].map((row) => ({
        id: row.id.slice(2),
        links: [...row.querySelectorAll("td:nth-of-type(n+3) a")].map((link) => link.getAttribute("href")),
        day: row.querySelector("time")?.dateTime,
      })),
    );
    for (const [id, fact] of Object.entries(facts)) {
      const row = told.find((row) => row.id === id);
      if (fact.state !== "known") continue;
      count += 1;
      if (!row?.links.some((link) => link?.endsWith(`sources/#S-${fact.source}`)) || row.day !== fact.checked) {
        found.push(`${name}, ${id}: ${JSON.stringify(row)}; the data says ${fact.source}, ${fact.checked}`);
      }
    }
  }
  await context.close();
  nothing(found);
  assert.ok(count > 500, `${count} facts`);
  t.diagnostic(`${count} facts`);
});

const DAY = 24 * 60 * 60 * 1000;

test("26 a fact that is older than its limit says of which year it is, on either day", () => {
  /** @type {string[]} */
  const found = [];
  for (const [folder, today] of [[guide.folder, TODAY], [guide.later, LATER]]) {
    /** @type {Framework[]} */
    const list = json(folder, "frameworks.json");
    for (const { slug, facts } of list) {
      const html = readFileSync(join(folder, "frameworks", slug, "index.html"), "utf8");
      for (const { id, max_age } of criteria) {
        const { state, checked, stale } = facts[id];
        if (state !== "known" || !checked) continue;
        const isOld = (Date.parse(today) - Date.parse(checked)) / DAY > max_age;
        const row = html.split(`<tr id="F-${id}"`)[1].split("</tr>")[0];
        const isTold = row.includes(`as of ${checked.slice(0, 4)}`);
        if (stale !== isOld || isTold !== isOld) found.push(`${today} ${slug} ${id}: of ${checked}, ${max_age} days: ${row.slice(0, 120)}`);
      }
    }
  }
  nothing(found);
});

/**
 * The numbers of `choose/`: without what is old, and with cells in place of their positions,
 * which follow from how many different cells there are.
 * @param {string} text
 */
function plainScores(text) {
  const { cells, values, stale, requirements, ...rest } = JSON.parse(text);
  const filled = (/** @type {number[]} */ list) => list.map((at) => ({ ...cells[at], stale: "" }));
  const needs = requirements.map((/** @type {any} */ need) => ({ ...need, values: filled(need.values) }));
  return JSON.stringify({ ...rest, values: values.map(filled), requirements: needs }, null, 1);
}

test("26 another day changes these marks, their counts, and nothing else", (t) => {
  /** What says that a value is old, in each form of file. @type {[RegExp, string][]} */
  const marks = [
    [/ <small class="stale">as of \d{4}<\/small>/g, ""],
    [/ \(as of \d{4}\)/g, ""],
    [/"stale":true/g, '"stale":false'],
    [/(<li>|- )(\d+ values are|One value is) older than (they|it) should be(<\/li>)?\n/g, ""],
    [/\b\d+ stale\b/g, "0 stale"],
  ];
  const plain = (/** @type {string} */ name, /** @type {string} */ text) =>
    name.endsWith("/scores.json") ? plainScores(text) : marks.reduce((text, [mark, by]) => text.replace(mark, by), text);
  const names = (/** @type {string} */ folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name).slice(folder.length + 1)).filter((name) => name !== ".fieldguide.json").sort();
  assert.deepEqual(names(guide.later), names(guide.folder));
  /** @type {string[]} */
  const found = [];
  let changed = 0;
  for (const name of names(guide.folder)) {
    const [now, then] = [guide.folder, guide.later].map((folder) => readFileSync(join(folder, name)));
    if (now.equals(then)) continue;
    changed += 1;
    const [before, after] = [now, then].map((bytes) => plain(name, bytes.toString()).split("\n"));
    for (const [i, line] of after.entries()) {
      if (line !== before[i]) {
        found.push(`${name}:${i + 1}: ${line.slice(0, 200)} instead of ${before[i]?.slice(0, 200)}`);
        break;
      }
    }
  }
  nothing(found);
  assert.ok(changed > 100, `${changed} files`);
  t.diagnostic(`${changed} files of ${files(guide).length} pages and their data`);
});

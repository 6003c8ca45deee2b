// The sums of `score.js`: those of tests/vectors/rank.json, and those of the program for
// random goals over the guide of this repository. Needs a release build of the program.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import * as score from "../../themes/default/assets/score.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.FIELDGUIDE ?? path.join(repository, "target/release/fieldguide");

/** How many random goals are ranked by both. */
const GOALS = 1000;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fieldguide-scores-"));
after(() => fs.rmSync(folder, { recursive: true }));

/** @param {string} file */
const json = (file) => JSON.parse(fs.readFileSync(file, "utf8"));

/** Builds a book on a day on which some of its facts are stale. @param {string} book */
function build(book) {
  const site = `${book}-site`;
  const stdio = /** @type {const} */ (["ignore", "ignore", "pipe"]);
  execFileSync(program, ["build", "--root", book, "--out", site, "--today", "2027-12-01", "-q"], {
    stdio: [...stdio],
  });
  return site;
}

/** The guide of this repository, without its theme, so that the program's own is used. @param {string} name */
function guide(name) {
  const book = path.join(folder, name);
  fs.cpSync(path.join(repository, "content"), path.join(book, "content"), { recursive: true });
  const settings = fs.readFileSync(path.join(repository, "book.toml"), "utf8");
  fs.writeFileSync(path.join(book, "book.toml"), settings.replace('stale-fact = "warn"', 'stale-fact = "off"'));
  return book;
}

/** What starts a file's name among the assets of a site. @param {string} site @param {RegExp} name */
function asset(site, name) {
  const found = fs.readdirSync(path.join(site, "theme")).filter((file) => name.test(file));
  assert.equal(found.length, 1, `${name}: ${found}`);
  return path.join(site, "theme", found[0]);
}

test("23 rankings are those of the vectors", () => {
  const { rankings } = json(path.join(repository, "tests/vectors/rank.json"));
  assert.ok(rankings.length > 5);
  for (const vector of rankings) {
    const { criteria, weights, rules } = vector;
    /** @type {score.Row[]} */
    const rows = vector.frameworks.map((/** @type {any} */ { framework, u }) => ({ id: framework, u }));
    const ids = (/** @type {number[]} */ list) => list.map((row) => rows[row].id);
    const { ranked, unranked } = score.rank(rows, weights, rules);
    const computed = {
      ranking: ranked.map((place) => ({
        framework: rows[place.row].id, rank: place.rank, A: place.a, D: place.d, K: place.k,
        W: place.w, tenths: place.tenths, max_tenths: place.most,
      })),
      unranked: unranked.map(({ row, reason, percent }) => ({
        framework: rows[row].id, reason, ...(reason !== "nothing-applies" && { percent }),
      })),
      lead_group: ids(score.leadGroup(ranked, rules).map(({ row }) => row)),
      sensitivity: score.sensitivity(rows, weights, rules).map((change) => ({
        ...change, criterion: criteria[change.criterion], winners: ids(change.winners),
      })),
      leave_one_out: score.leaveOneOut(rows, weights, rules).map((left) => ({
        criterion: criteria[left.criterion], winners: ids(left.winners),
      })),
      equal_weights: ids(score.equalWeights(rows, weights, rules)),
      holds_back: rows.map(({ id, u }) => {
        const at = score.holdsBack(weights, u);
        if (at < 0) return { framework: id };
        const { a, d } = score.evaluate([weights[at]], [u[at]]);
        return { framework: id, criterion: criteria[at], points: 100 * d - a };
      }),
    };
    // What unknown facts could do and who is never best: no page of this script says that.
    const { name, about, frameworks, overtakes, never_best, ...expected } = vector;
    assert.deepEqual({ criteria, weights, rules, ...computed }, expected, name);
    const sizes = ranked.map(({ rank }) => ranked.filter((place) => place.rank === rank).length);
    assert.deepEqual(ranked.map(({ tied }) => tied), sizes.map((size) => size > 1), name);
  }
});

/** Numbers below n, the same on every run (mulberry32). @param {number} seed */
const numbers = (seed) => (/** @type {number} */ n) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % n;
};

/**
 * A requirement of a criterion that fits its kind; none for a kind without one.
 * @param {any} criterion
 * @param {(n: number) => number} below
 */
function requirement({ id, kind, options, tags, utility }, below) {
  /** @template T @param {T[]} list */
  const one = (list) => list[below(list.length)];
  const id_of = (/** @type {{ id: string }[]} */ list) => JSON.stringify(one(list).id);
  const some = (/** @type {{ id: string }[]} */ list) => [...new Set([id_of(list), id_of(list)])].join();
  const test = {
    boolean: () => one(["is = true", "is = false", "not = false", 'is = "partial"']),
    choice: () => one([
      `is = ${id_of(options)}`, `not = ${id_of(options)}`, `at_least = ${id_of(options)}`,
      `any = [${some(options)}]`,
    ]),
    rating: () => one(["at_least = 3", "at_most = 3.5"]),
    number: () => `${one(["at_least", "at_most"])} = ${one(utility)[0]}`,
    tags: () => one([`has = [${id_of(tags)}]`, `any = [${some(tags)}]`]),
  }[String(kind)];
  return test ? `[[require]]\ncriterion = "${id}"\n${test()}\n` : "";
}

/** Writes random goals into the guide. @param {string} book @param {any[]} criteria */
function write_goals(book, criteria) {
  const below = numbers(20261122);
  const scored = criteria.filter(({ kind }) => ["boolean", "choice", "rating", "number"].includes(kind));
  for (let n = 0; n < GOALS; n++) {
    const size = 1 + below(n % 3 === 0 ? scored.length : 8);
    const chosen = new Set(Array.from({ length: size }, () => scored[below(scored.length)].id));
    const weights = [...chosen].map((id, i) => `${id} = ${i ? below(11) : 1 + below(10)}`);
    const needs = Array.from({ length: [0, 0, 0, 1, 1, 2, 3][below(7)] }, () =>
      requirement(criteria[below(criteria.length)], below));
    const front = [
      `title = "Random ${n}"`, `question = "Which is number ${n}?"`,
      `coverage = ${[0, 40, 60, 60, 80, 100][below(6)]}`,
      `applicability = ${[0, 50, 75, 75, 100][below(5)]}`,
      `tie_margin = ${["0.0", "0.5", "2.0"][below(3)]}`,
      `stale = "${["count", "count", "unknown"][below(3)]}"`,
      "[weights]", ...weights, ...needs,
    ];
    fs.writeFileSync(path.join(book, `content/goals/random-${n}.md`), `+++\n${front.join("\n")}\n+++\nWords.\n`);
  }
}

test(`23 the script that a site ships ranks ${GOALS} random goals as the program does`, async () => {
  const book = guide("random");
  write_goals(book, json(path.join(build(book), "api/v1/criteria.json")));
  const site = build(book);
  /** @type {typeof score} */
  const shipped = await import(pathToFileURL(asset(site, /^score\..*\.js$/)).href);
  const data = json(path.join(site, "api/v1/scores.json"));
  const terms = shipped.terms(data);
  const seen = { ranked: 0, ties: 0, gaps: 0, changes: 0, excluded: 0, unchecked: 0, few: 0, empty: 0 };
  assert.ok(data.goals.length > GOALS);
  for (const { goal } of data.goals) {
    const expected = json(path.join(site, `api/v1/goals/${goal}.json`));
    const { choices, ignored } = shipped.read(`?g=${goal}`, terms);
    assert.equal(ignored, 0);
    const { rules, columns, weights, rows, barred } = shipped.field(data, choices);
    const ids = (/** @type {number[]} */ list) => list.map((row) => rows[row].id);
    const id = (/** @type {number} */ at) => data.criteria[columns[at]];
    const { ranked, unranked } = shipped.rank(rows, weights, rules);
    const reasons = {
      "nothing-applies": "too-few-apply", "too-few-applicable": "too-few-apply", "too-few-known": "too-few-known",
    };
    const left = [
      ...barred.map(({ i, known }) => [data.frameworks[i], known ? "excluded" : "unchecked"]),
      ...unranked.map(({ row, reason }) => [rows[row].id, reasons[reason]]),
    ];
    const [change] = shipped.sensitivity(rows, weights, rules);
    const utilities = (/** @type {number} */ row) =>
      Object.fromEntries(rows[row].u.map((u, at) => [id(at), u]));
    const computed = {
      weights: Object.fromEntries(weights.map((weight, at) => [id(at), weight])),
      ranking: ranked.map(({ row, rank, a, d, k, w, tenths, most }) => ({
        framework: rows[row].id, rank, A: a, D: d, K: k, W: w, tenths, max_tenths: most,
        utilities: utilities(row),
      })),
      unranked: Object.fromEntries(left),
      sensitivity: change ? { ...change, criterion: id(change.criterion), winners: ids(change.winners) } : null,
      leave_one_out: Object.fromEntries(
        shipped.leaveOneOut(rows, weights, rules).map((out) => [id(out.criterion), ids(out.winners)])),
      equal_weights: ids(shipped.equalWeights(rows, weights, rules)),
    };
    const { goal: _, title, requirements, ...sums } = expected;
    sums.unranked = Object.fromEntries(
      sums.unranked.map((/** @type {any} */ { framework, reason }) => [framework, reason]));
    assert.deepEqual(computed, sums, goal);
    const reasons_seen = left.map(([, reason]) => reason);
    seen.ranked += ranked.length;
    seen.ties += ranked.filter(({ tied }) => tied).length;
    seen.gaps += rows.flatMap(({ u }) => u).filter((u) => typeof u !== "number").length;
    seen.changes += Number(Boolean(change));
    seen.excluded += reasons_seen.filter((reason) => reason === "excluded").length;
    seen.unchecked += reasons_seen.filter((reason) => reason === "unchecked").length;
    seen.few += reasons_seen.filter((reason) => reason.startsWith("too-few")).length;
    seen.empty += Number(!ranked.length);
  }
  // Everything that can happen must have happened.
  for (const [what, count] of Object.entries(seen)) assert.ok(count >= 10, `${what}: ${count}`);
});

/** @type {score.Terms} */
const TERMS = {
  criteria: ["orm", "speed", "constructor"],
  needs: new Map([["lang", ["python", "c-sharp"]], ["req.orm", ["own", "any:own,near"]]]),
  goals: new Map([
    ["small", { weights: new Map([["orm", 5], ["speed", 0]]), needs: new Map([["req.orm", "own"]]) }],
  ]),
};

test("an address keeps what differs from its goal, in one order", () => {
  for (const query of [
    "", "?g=small", "?g=small&w.orm=10&w.speed=1&lang=c-sharp", "?g=small&req.orm=",
    "?w.orm=3&w.constructor=1&lang=python&req.orm=any:own,near",
  ]) {
    const { choices, ignored } = score.read(query, TERMS);
    assert.equal(ignored, 0, query);
    assert.equal(score.write(choices, TERMS), query);
  }
  const { choices } = score.read("?req.orm=own&w.speed=2&g=small&w.orm=5&utm_source=x", TERMS);
  assert.equal(score.write(choices, TERMS), "?g=small&w.speed=2");
});

test("what cannot be chosen is left out and counted", () => {
  for (const [query, left, ignored] of /** @type {const} */ ([
    ["?g=large&w.orm=4", "?w.orm=4", 1],
    ["?w.orm=11&w.speed=-1&w.constructor=1.5", "", 3],
    ["?w.orm=&w.nothing=5&w.speed=07", "", 3],
    ["?req.orm=other&req.nothing=yes&lang=cobol&req.=", "", 4],
    ["?x=1&fbclid=2&lang=", "", 0],
    ["?g=__proto__&w.toString=3", "", 2],
  ])) {
    const found = score.read(query, TERMS);
    assert.equal(found.ignored, ignored, query);
    assert.equal(score.write(found.choices, TERMS), left, query);
  }
});

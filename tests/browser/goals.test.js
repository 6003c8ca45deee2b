// Whether a goal's page says what follows from its data: of the guide, and of made-up cases.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { nothing, open, site } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/**
 * The data of a goal, as `api/v1/goals/` has it.
 * @typedef {{ framework: string, rank: number, A: number, D: number, K: number, W: number, tenths: number, max_tenths: number, utilities: Record<string, number | string | null> }} Place
 * @typedef {{ framework: string, reason: "excluded" | "unchecked" | "too-few-known" | "too-few-apply", criterion?: string }} Unranked
 * @typedef {{ goal: string, weights: Record<string, number>, requirements: { criterion: string }[], ranking: Place[], unranked: Unranked[], sensitivity: { criterion: string, from: number, to: number, step: number, winners: string[] } | null, leave_one_out: Record<string, string[]>, equal_weights: string[] }} Goal
 */

/** Names of a book by slug and id, and the facts of each framework. @param {string} folder */
function book(folder) {
  const json = (/** @type {string} */ file) => JSON.parse(readFileSync(join(folder, "api/v1", file), "utf8"));
  /** @type {{ slug: string, name: string, facts: Record<string, { state: string, text: string }> }[]} */
  const frameworks = json("frameworks.json");
  const names = new Map(frameworks.map(({ slug, name }) => [slug, name]));
  /** @type {Map<string, string>} */
  const titles = new Map(json("criteria.json").map((/** @type {any} */ { id, title }) => [id, title]));
  /** @type {Goal[]} */
  const goals = readdirSync(join(folder, "api/v1/goals")).map((file) => json(`goals/${basename(file)}`));
  return { frameworks, names, titles, goals };
}

/** @typedef {ReturnType<typeof book>} Book */

/** "A", "A and B", "A, B and C". @param {string[]} names */
const listed = (names) => names.join(", ").replace(/, ([^,]+)$/, " and $1");

/** @param {{ tenths: number }} place */
const score = ({ tenths }) => (tenths / 10).toFixed(1);

/** Points apart that count as no difference, in tenths; no goal looked at has its own. */
const MARGIN = 20;

/**
 * What kind of result a goal has, and the sentence that its page begins with.
 * @param {Goal} goal
 * @param {Book} book
 */
function result({ ranking, unranked, sensitivity }, { names, titles }) {
  const named = (/** @type {string[]} */ slugs) => listed(slugs.map((slug) => names.get(slug) ?? ""));
  const [first, second] = ranking;
  if (!first) {
    const isClear = unranked.every(({ reason }) => reason === "excluded");
    const answer = isClear ? "Nothing qualifies: every framework fails a requirement." : "Nobody can be ranked: too little is known or applies.";
    return { kind: isClear ? "nothing" : "nobody", answer };
  }
  const winners = ranking.filter(({ rank }) => rank === 1).map(({ framework }) => framework);
  if (winners.length > 1) return { kind: "tie", answer: `${named(winners)} share the first place (${score(first)}).` };
  // In whole numbers: the gap between two quotients A / D, against the margin.
  const near = ranking.filter((place) => 10 * (first.A * place.D - place.A * first.D) <= MARGIN * first.D * place.D);
  if (near.length > 1) {
    const answer = `${named(near.map(({ framework }) => framework))} are close (${listed(near.map(score))}): up to ${(MARGIN / 10).toFixed(1)} points apart count as no difference here.`;
    return { kind: "close", answer };
  }
  const leader = names.get(first.framework);
  if (sensitivity?.step === 1) {
    const { criterion, from, to, winners } = sensitivity;
    const answer = `It is close: ${leader} leads with ${score(first)}, but ${named(winners)} would come first if “${titles.get(criterion)}” weighed ${to} instead of ${from}.`;
    return { kind: "close", answer };
  }
  if (!second) return { kind: "alone", answer: `${leader} scores highest (${score(first)}) and is the only one ranked.` };
  const others = ranking.filter(({ rank }) => rank === second.rank).map(({ framework }) => framework);
  return { kind: "clear", answer: `${leader} scores highest (${score(first)}), ahead of ${named(others)} (${score(second)}).` };
}

/** Sentences that must stand under "What would change this result". @param {Goal} goal @param {Book} book */
function changes({ ranking, sensitivity, equal_weights }, { names, titles }) {
  if (ranking.length === 0) return [];
  const named = (/** @type {string[]} */ slugs) => listed(slugs.map((slug) => names.get(slug) ?? ""));
  const winners = ranking.filter(({ rank }) => rank === 1).map(({ framework }) => framework);
  const isSame = named([...equal_weights].sort()) === named([...winners].sort());
  return [
    sensitivity
      ? `The smallest change: with “${titles.get(sensitivity.criterion)}” at weight ${sensitivity.to} instead of ${sensitivity.from}, ${named(sensitivity.winners)} would come first.`
      : "No change of a single weight, within 0 to 10, changes who comes first.",
    `With equal weights, ${named(equal_weights)} would ${isSame ? "still " : ""}come first.`,
  ];
}

/** What is wrong with the sentences on what happens without a criterion. @param {Goal} goal @param {Book} book @param {string[]} findings */
function faultsOfWithout({ ranking, leave_one_out }, { names, titles }, findings) {
  const named = (/** @type {string[]} */ slugs) => listed([...slugs].sort().map((slug) => names.get(slug) ?? ""));
  const winners = named(ranking.filter(({ rank }) => rank === 1).map(({ framework }) => framework));
  const without = findings.filter((sentence) => /^(Without|Leaving out any one)/.test(sentence));
  return Object.entries(leave_one_out).flatMap(([id, others]) => {
    const sentence = without.find((sentence) => sentence.includes(`“${titles.get(id)}”`));
    const isRight = named(others) === winners ? !sentence : sentence?.includes(others.length ? named(others) : "nobody");
    return isRight ? [] : [`without ${id} ${others} is first: ${without}`];
  });
}

/** How the counts of values and of who qualifies are said. @param {Goal} goal @param {Book} book */
function counts({ weights, requirements, unranked }, { frameworks }) {
  const asked = new Set([...Object.keys(weights), ...requirements.map(({ criterion }) => criterion)]);
  const states = frameworks.flatMap(({ facts }) => [...asked].map((id) => facts[id].state));
  const [sure, never] = ["known", "na"].map((which) => states.filter((state) => state === which).length);
  const failed = unranked.filter(({ reason }) => reason === "excluded" || reason === "unchecked").length;
  return {
    known: `${sure} of ${states.length} values known${never ? `, ${never} not applicable` : ""}`,
    qualify: requirements.length ? `${frameworks.length - failed} of ${frameworks.length} frameworks qualify.` : "",
  };
}

/** What a goal's page says. Runs in the page. */
function said() {
  const text = (/** @type {Element | null} */ part) => part?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  const all = (/** @type {string} */ parts) => [...document.querySelectorAll(parts)];
  return {
    answer: text(document.querySelector(".answer")),
    findings: all(".findings li").map(text),
    meta: all("main > .meta li").map(text),
    badges: all(".place:first-child h3 .badge").map(text),
    places: all(".place, [aria-labelledby=X-rest] tbody tr").map((place) => place.id),
    ranks: all(".place .rank").map(text),
    sums: all(".place").map((place) => (text(place).match(/= [\d,]+/g) ?? []).map((part) => Number(part.slice(2).replaceAll(",", "")))),
    left: Object.fromEntries(all("main h3 + ul > li[id]").map((item) => [item.id, `${text(item.parentElement?.previousElementSibling ?? null)}: ${text(item)}`])),
    qualify: all("main p").map(text).filter((line) => / qualify\.$/.test(line)).join(),
  };
}

const LEFT = { excluded: "Excluded", unchecked: "Could not check", "too-few-known": "Not enough data", "too-few-apply": "Not enough data" };

/** What a goal's page says that does not follow from its data. @param {Goal} goal @param {Book} book @param {ReturnType<typeof said>} page */
function faults(goal, book, page) {
  const { ranking, unranked } = goal;
  const { kind, answer } = result(goal, book);
  /** @type {string[]} */
  const found = [];
  if (page.answer !== answer) found.push(`"${page.answer}", not "${answer}"`);
  if (kind !== "clear" && /best/i.test(page.answer)) found.push(`best, in a result that is ${kind}`);
  if (page.badges.includes("Close call") !== (kind === "close")) found.push(`${kind}: ${page.badges}`);
  if (page.badges.includes("Shared first") !== (kind === "tie")) found.push(`${kind}: ${page.badges}`);
  for (const sentence of changes(goal, book)) if (!page.findings.includes(sentence)) found.push(`no "${sentence}" in ${page.findings}`);
  found.push(...faultsOfWithout(goal, book, page.findings));
  const { known, qualify } = counts(goal, book);
  if (!page.meta.includes(known)) found.push(`no "${known}" in ${page.meta}`);
  if (page.qualify !== qualify) found.push(`"${page.qualify}", not "${qualify}"`);
  const order = ranking.map(({ framework }) => `R-${framework}`);
  if (page.places.join() !== order.join()) found.push(`${page.places} instead of ${order}`);
  for (const [i, rank] of page.ranks.entries()) {
    const { rank: own } = ranking[i];
    const isTied = ranking.filter((place) => place.rank === own).length > 1;
    if (rank !== `${own}${isTied ? "=" : ""}`) found.push(`rank ${rank} of ${ranking[i].framework}`);
    const sum = page.sums[i].reduce((sum, part) => sum + part, 0);
    if (sum !== ranking[i].A) found.push(`the parts of ${ranking[i].framework} are ${page.sums[i]}, and not ${ranking[i].A} in all`);
  }
  for (const { framework, reason, criterion = "" } of unranked) {
    const line = page.left[`R-${framework}`] ?? "";
    const fact = book.frameworks.find(({ slug }) => slug === framework)?.facts[criterion];
    const told = reason === "excluded" ? `${book.titles.get(criterion)}: ${fact?.text}; required` : reason === "unchecked" ? `${book.titles.get(criterion)}: unknown; required` : "% are needed";
    if (!line.startsWith(LEFT[reason]) || !line.includes(told)) found.push(`${framework} is ${reason}, ${told}: "${line}"`);
  }
  return found;
}

test("25 what a goal's page says of its result follows from the data", async (t) => {
  /** @type {string[]} */
  const found = [];
  /** @type {Record<string, number>} */
  const seen = {};
  const { page, context } = await open(guide, "404.html");
  for (const { url, folder } of [guide, guide.cases]) {
    const all = book(folder);
    for (const goal of all.goals) {
      await page.goto(`${url}best-for/${goal.goal}/`);
      found.push(...faults(goal, all, await page.evaluate(said)).map((fault) => `${goal.goal}: ${fault}`));
      const { kind } = result(goal, all);
      seen[kind] = (seen[kind] ?? 0) + 1;
    }
  }
  await context.close();
  nothing(found);
  assert.deepEqual(Object.keys(seen).sort(), ["alone", "clear", "close", "nobody", "nothing", "tie"]);
  t.diagnostic(JSON.stringify(seen));
});

// The pure half of the decision helper: the sums of rankings, and choices as an address. It
// knows of no page. The sums are those of src/rank/core: integers only, so that browser and
// build agree to the digit; tests/vectors/rank.json holds both to it.

/** @typedef {number | null | "na"} Utility 0 to 100; null is unknown, "na" cannot apply */
/** @typedef {{ id: string, u: Utility[] }} Row what a framework has, a utility a criterion */
/** @typedef {{ a: number, d: number, k: number, w: number }} Score A, D, K and W */
/** @typedef {{ coverage: number, applicability: number, tie_margin: number }} Rules */
/** @typedef {"nothing-applies" | "too-few-known" | "too-few-applicable"} Reason */
/** @typedef {Score & { row: number, rank: number, tied: boolean, tenths: number, most: number }} Place */
/** @typedef {{ row: number, reason: Reason, percent: number }} Unranked */
/** @typedef {{ criterion: number, from: number, to: number, step: number, winners: number[] }} Change */

/** The largest weight. */
export const MOST = 10;

// ---- scores

/**
 * Adds to a score what a criterion of this weight does; a weight below 0 takes it out again.
 * @param {Score} score
 * @param {number} weight
 * @param {Utility} u
 * @returns {Score}
 */
const plus = ({ a, d, k, w }, weight, u) => ({
  a: a + (typeof u === "number" ? weight * u : 0),
  d: d + (u === "na" ? 0 : weight),
  k: k + (typeof u === "number" ? weight : 0),
  w: w + weight,
});

/**
 * The sums of a row.
 * @param {number[]} weights
 * @param {Utility[]} utilities
 */
export const evaluate = (weights, utilities) =>
  weights.reduce((score, weight, j) => plus(score, weight, utilities[j]), {
    a: 0,
    d: 0,
    k: 0,
    w: 0,
  });

/**
 * Points of a whole of 100·d in tenths of a percent, half up.
 * @param {number} points
 * @param {number} d
 */
const tenths = (points, d) => (d ? Math.floor((20 * points + d) / (2 * d)) : 0);

/**
 * A share in percent, half up, but 100 only if nothing is missing and 0 only if all is.
 * @param {number} part
 * @param {number} whole
 */
export function percent(part, whole) {
  if (part === 0) return 0;
  if (part === whole) return 100;
  const rounded = Math.floor((200 * part + whole) / (2 * whole));
  return Math.min(99, Math.max(1, rounded));
}

/**
 * Why a score may not be ranked, if so.
 * @param {Score} score
 * @param {Rules} rules
 * @returns {{ reason: Reason, percent: number } | null}
 */
function against({ d, k, w }, rules) {
  // Below the limit, the shown share must not round up to it.
  const below = (/** @type {number} */ limit, /** @type {number} */ share) =>
    Math.min(share, Math.max(0, limit - 1));
  if (d === 0) return { reason: "nothing-applies", percent: 0 };
  if (100 * k < rules.coverage * d)
    return { reason: "too-few-known", percent: below(rules.coverage, percent(k, d)) };
  if (100 * d < rules.applicability * w) {
    const share = below(rules.applicability, percent(d, w));
    return { reason: "too-few-applicable", percent: share };
  }
  return null;
}

/**
 * Above 0 if the first of two fractions a / d is the larger one; equal ones give 0.
 * @param {Score} one
 * @param {Score} other
 */
const compare = (one, other) => one.a * other.d - other.a * one.d;

/**
 * Ranks rows by their exact scores; in a tie by the known share, then by id.
 * @param {Row[]} rows
 * @param {number[]} weights
 * @param {Rules} rules
 * @returns {{ ranked: Place[], unranked: Unranked[] }}
 */
export function rank(rows, weights, rules) {
  /** @type {Place[]} */
  const ranked = [];
  /** @type {Unranked[]} */
  const unranked = [];
  rows.forEach(({ u }, row) => {
    const score = evaluate(weights, u);
    const { a, d, k } = score;
    const reason = against(score, rules);
    if (reason) unranked.push({ row, ...reason });
    else {
      const most = tenths(a + 100 * (d - k), d);
      ranked.push({ row, rank: 0, tied: false, ...score, tenths: tenths(a, d), most });
    }
  });
  const byId = (/** @type {{ row: number }} */ one, /** @type {{ row: number }} */ other) =>
    rows[one.row].id < rows[other.row].id ? -1 : 1;
  unranked.sort(byId);
  ranked.sort((x, y) => compare(y, x) || y.k * x.d - x.k * y.d || byId(x, y));
  ranked.forEach((place, i) => {
    const before = ranked[i - 1];
    place.rank = i + 1;
    if (before && compare(before, place) === 0) {
      place.rank = before.rank;
      place.tied = before.tied = true;
    }
  });
  return { ranked, unranked };
}

/**
 * The leaders and all whose shown score is at most the margin below theirs.
 * @param {Place[]} ranked
 * @param {Rules} rules
 */
export const leadGroup = (ranked, rules) =>
  ranked.filter((place) => place.tenths >= ranked[0].tenths - rules.tie_margin);

/**
 * The criterion on which most points are lost; -1 if none is. Of equal ones, the first.
 * @param {number[]} weights
 * @param {Utility[]} utilities
 */
export function holdsBack(weights, utilities) {
  const lost = weights.map((weight, j) => {
    const { a, d } = evaluate([weight], [utilities[j]]);
    return 100 * d - a;
  });
  const most = Math.max(0, ...lost);
  return most ? lost.indexOf(most) : -1;
}

// ---- what would change who is first

/**
 * The rows at rank 1, in row order.
 * @param {Score[]} scores
 * @param {Rules} rules
 */
function first(scores, rules) {
  /** @type {number[]} */
  let found = [];
  scores.forEach((score, row) => {
    if (against(score, rules)) return;
    const order = found.length ? compare(score, scores[found[0]]) : 1;
    if (order > 0) found = [];
    if (order >= 0) found.push(row);
  });
  return found;
}

/**
 * Who is first with the weight of one criterion changed; null if no weight would be left.
 * @param {Row[]} rows
 * @param {number[]} weights
 * @param {Rules} rules
 */
function searcher(rows, weights, rules) {
  const scores = rows.map(({ u }) => evaluate(weights, u));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (/** @type {number} */ j, /** @type {number} */ to) => {
    const by = to - weights[j];
    if (total + by === 0) return null;
    return first(scores.map((score, i) => plus(score, by, rows[i].u[j])), rules);
  };
}

/**
 * The rows at rank 1, in row order.
 * @param {Row[]} rows
 * @param {number[]} weights
 * @param {Rules} rules
 */
export const winners = (rows, weights, rules) =>
  first(rows.map(({ u }) => evaluate(weights, u)), rules);

/**
 * The nearest change of each criterion's weight that changes the set of rows at rank 1: 1 to
 * 10 steps away, down before up, inside 0 to 10. The smallest step first, then in order.
 * @param {Row[]} rows
 * @param {number[]} weights
 * @param {Rules} rules
 * @returns {Change[]}
 */
export function sensitivity(rows, weights, rules) {
  const search = searcher(rows, weights, rules);
  const now = String(winners(rows, weights, rules));
  /** @type {Change[]} */
  const changes = [];
  weights.forEach((from, criterion) => {
    for (let step = 1; step <= MOST; step++)
      for (const to of [from - step, from + step]) {
        const then = to < 0 || to > MOST ? null : search(criterion, to);
        if (then && String(then) !== now) {
          changes.push({ criterion, from, to, step, winners: then });
          return;
        }
      }
  });
  return changes.sort((one, other) => one.step - other.step);
}

/**
 * Who is first without each criterion that has a weight.
 * @param {Row[]} rows
 * @param {number[]} weights
 * @param {Rules} rules
 */
export function leaveOneOut(rows, weights, rules) {
  const search = searcher(rows, weights, rules);
  return weights.flatMap((weight, criterion) => {
    const then = weight > 0 ? search(criterion, 0) : null;
    return then ? [{ criterion, winners: then }] : [];
  });
}

/**
 * Who is first if every criterion with a weight had the same.
 * @param {Row[]} rows
 * @param {number[]} weights
 * @param {Rules} rules
 */
export const equalWeights = (rows, weights, rules) =>
  winners(rows, weights.map((weight) => Math.min(weight, 1)), rules);

// ---- who takes part

/** @typedef {{ state: string, text: string, stale: string }} Cell */
/** @typedef {{ key: string, value: string, met: (boolean | null)[], values: number[] }} Need */
/** @typedef {Rules & { goal: string, weights: Record<string, number>, requirements: number[], stale: string }} Goal */
/**
 * The file of numbers: lists are by framework, then by criterion; values are positions in cells.
 * @typedef {{ criteria: string[], frameworks: string[], utilities: Utility[][], stale: number[][],
 *   values: number[][], cells: Cell[], requirements: Need[], rules: Rules, goals: Goal[] }} Scores
 */

/**
 * The criteria and frameworks that choices rank, and what keeps others out: the must-have
 * that they fail, or else one of which nobody knows.
 * @param {Scores} data
 * @param {Choices} choices
 */
export function field(data, { goal: slug, weights: chosen, needs: wanted }) {
  const goal = data.goals.find(({ goal }) => goal === slug);
  // A criterion that the goal names takes part at weight 0 too, for it could weigh more.
  const columns = [...data.criteria.keys()].filter((j) => {
    const id = data.criteria[j];
    return chosen.get(id) || (goal && Object.hasOwn(goal.weights, id));
  });
  const needs = data.requirements.filter(({ key, value }) => wanted.get(key) === value);
  /** @type {(Row & { i: number })[]} */
  const rows = [];
  /** @type {{ i: number, need: Need, known: boolean }[]} */
  const barred = [];
  data.frameworks.forEach((id, i) => {
    const need = needs.find(({ met }) => met[i] === false) ?? needs.find(({ met }) => !met[i]);
    if (need) {
      barred.push({ i, need, known: need.met[i] !== null });
      return;
    }
    const u = columns.map((j) => {
      const worth = data.utilities[i][j];
      const isOld = goal?.stale === "unknown" && worth !== "na" && data.stale[i].includes(j);
      return isOld ? null : worth;
    });
    rows.push({ i, id, u });
  });
  const weights = columns.map((j) => chosen.get(data.criteria[j]) ?? 0);
  return { rules: goal ?? data.rules, columns, weights, rows, barred };
}

// ---- choices as an address

/** @typedef {{ weights: Map<string, number>, needs: Map<string, string> }} Wishes */
/** @typedef {Wishes & { goal: string }} Choices */

/**
 * What can be chosen: criteria that can be weighed, the values of each must-have by its key,
 * and what the goals ask for. The first two stand in the order of addresses.
 * @typedef {{ criteria: string[], needs: Map<string, string[]>, goals: Map<string, Wishes> }} Terms
 */

/**
 * What can be chosen, from the file of numbers.
 * @param {Scores} data
 * @returns {Terms}
 */
export function terms({ criteria, requirements, goals }) {
  const needs = new Map();
  for (const { key, value } of requirements) needs.set(key, [...(needs.get(key) ?? []), value]);
  const wishes = new Map();
  for (const { goal, weights, requirements: own } of goals)
    wishes.set(goal, {
      weights: new Map(Object.entries(weights)),
      needs: new Map(own.map((at) => [requirements[at].key, requirements[at].value])),
    });
  return { criteria, needs, goals: wishes };
}

/**
 * The choices to start with, for a goal or without one.
 * @param {Terms} terms
 * @param {string} goal
 * @returns {Choices}
 */
export function preset(terms, goal) {
  const wishes = terms.goals.get(goal);
  return { goal, weights: new Map(wishes?.weights), needs: new Map(wishes?.needs) };
}

/**
 * Reads choices from a query, and counts what cannot be chosen, which is left out. Keys that
 * are not ours are none of our business.
 * @param {string} query
 * @param {Terms} terms
 * @returns {{ choices: Choices, ignored: number }}
 */
export function read(query, terms) {
  const values = new Map(new URLSearchParams(query));
  const goal = values.get("g") ?? "";
  const isGoal = terms.goals.has(goal);
  const choices = preset(terms, isGoal ? goal : "");
  let ignored = Number(values.has("g") && !isGoal);
  for (const [key, value] of values) {
    if (key.startsWith("w.")) {
      const id = key.slice(2);
      if (terms.criteria.includes(id) && /^(\d|10)$/.test(value))
        choices.weights.set(id, Number(value));
      else ignored++;
    } else if (terms.needs.has(key) || key.startsWith("req.")) {
      if (value === "" && terms.needs.has(key)) choices.needs.delete(key);
      else if (terms.needs.get(key)?.includes(value)) choices.needs.set(key, value);
      else ignored++;
    }
  }
  return { choices, ignored };
}

/**
 * Choices as a query: what differs from the goal's own, in a fixed order.
 * @param {Choices} choices
 * @param {Terms} terms
 */
export function write({ goal, weights, needs }, terms) {
  const usual = preset(terms, goal);
  /** @type {[string, string | number][]} */
  const parts = goal ? [["g", goal]] : [];
  for (const id of terms.criteria) {
    const weight = weights.get(id) ?? 0;
    if (weight !== (usual.weights.get(id) ?? 0)) parts.push([`w.${id}`, weight]);
  }
  for (const key of terms.needs.keys()) {
    const need = needs.get(key) ?? "";
    if (need !== (usual.needs.get(key) ?? "")) parts.push([key, need]);
  }
  const text = (/** @type {string | number} */ part) =>
    encodeURIComponent(part).replaceAll("%3A", ":").replaceAll("%2C", ",");
  const query = parts.map(([key, value]) => `${text(key)}=${text(value)}`).join("&");
  return query && `?${query}`;
}

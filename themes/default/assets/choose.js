// The page that helps to choose. Without this script its must-haves filter by style rules;
// with it, weights rank by the sums of score.js, and the address keeps what is chosen.
//
// Every word that it shows stands in the page: in the template `x-words`, and in attributes
// of the controls. Places are copied from the template `x-place`.

/** @typedef {import("./score.js").Choices} Choices */
/** @typedef {import("./score.js").Need} Need */
/** @typedef {import("./score.js").Place} Place */
/** @typedef {import("./score.js").Scores} Scores */

/** Milliseconds of rest before the result is told and the address written. */
const REST = 400;

/**
 * The element of a kind that a selector finds; the page's template has it.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 */
function get(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`no ${selector}`);
}

const form = get("#X-choose", HTMLFormElement);
const goals = get("#X-goal", HTMLSelectElement);
const reset = get("#X-reset", HTMLElement);
const status = get("[role=status]", HTMLElement, form);
const outcome = get(".outcome", HTMLElement);
const ranking = get(".ranking", HTMLElement, outcome);
const blank = get("#X-place", HTMLTemplateElement).content;
const inputs = [...form.querySelectorAll("input")];
const groups = form.querySelectorAll("details");
const ranges = inputs.filter(({ type }) => type === "range");
const choices = inputs.filter(({ type }) => type !== "range");

// ---- words

const words = new Map(
  [...get("#X-words", HTMLTemplateElement).content.children].map((word) => [
    word.getAttribute("data-word"),
    word.textContent ?? "",
  ]),
);

/**
 * The text of a key with `{name}` replaced by each named value.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
const say = (key, values = {}) =>
  (words.get(key) ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** "A", "A and B", "A, B and C". @param {string[]} all @param {string} word */
const list = (all, word) =>
  all.length > 1 ? `${all.slice(0, -1).join(", ")} ${say(word)} ${all.at(-1)}` : all.join("");

/** 767 is "76.7". @param {number} n */
const tenths = (n) => `${Math.floor(n / 10)}.${n % 10}`;

/** Commas between thousands. @param {number} n */
const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** A part of a whole in percent. @param {number} part @param {number} whole */
const share = (part, whole) => `${Math.round((10000 * part) / whole) / 100}%`;

// ---- what there is, and what is chosen

/** @type {typeof import("./score.js")} */
let score;
/** @type {Scores} */
let data;
/** @type {import("./score.js").Terms} */
let terms;
/** The links to the frameworks, as their cards have them. @type {HTMLElement[]} */
let links;
/** The criteria's names and pages, as their controls have them. @type {{ title: string, href: string }[]} */
let titles;
/** @type {Promise<void> | undefined} */
let loading;

/** Loads the sums and the numbers, once. */
const load = () => (loading ??= start());

async function start() {
  const { score: module = "", scores = "" } = form.dataset;
  const numbers = fetch(scores).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
  [score, data] = await Promise.all([import(new URL(module, document.baseURI).href), numbers]);
  terms = score.terms(data);
  titles = data.criteria.map((id) => {
    const range = ranges.find(({ name }) => name === `w.${id}`);
    const href = range?.parentElement?.querySelector("a")?.getAttribute("href") ?? "";
    return { title: range?.labels?.[0].textContent ?? "", href };
  });
  links = data.frameworks.map((slug) => get(`[data-f="${slug}"] a`, HTMLElement, outcome));
}

/** What the controls show. @returns {Choices} */
const chosen = () => ({
  goal: goals.value,
  weights: new Map(ranges.map(({ name, value }) => [name.slice(2), Number(value)])),
  needs: new Map(choices.flatMap((choice) => (choice.checked && choice.value ? [[choice.name, choice.value]] : []))),
});

/** Sets the controls. @param {Choices} choices */
function set({ goal, weights, needs }) {
  goals.value = goal;
  for (const range of ranges) range.value = String(weights.get(range.name.slice(2)) ?? 0);
  for (const choice of choices) choice.checked = (needs.get(choice.name) ?? "") === choice.value;
  for (const group of groups) group.open = used(group) > 0 || (!weights.size && group.className !== "");
}

/** How many of a group's controls say something. @param {Element} group */
const used = (group) =>
  [...group.querySelectorAll("input")].filter(({ type, value, checked }) =>
    type === "range" ? value !== "0" : checked && value,
  ).length;

// ---- what follows

/**
 * The ranking of what is chosen; null if no criterion has a weight.
 * @param {Choices} choices
 */
function rank(choices) {
  const field = score.field(data, choices);
  const { rows, weights, rules } = field;
  if (!weights.some(Boolean)) return null;
  const out = field.barred.map(({ i, need, known }) => ({ i, ...refusal(need, i, known) }));
  const { ranked, unranked } = score.rank(rows, weights, rules);
  for (const { row, reason, percent } of unranked) {
    const [key, least] =
      reason === "too-few-known"
        ? ["goal_too_few_known", rules.coverage]
        : ["goal_too_few_apply", rules.applicability];
    out.push({ i: rows[row].i, kind: "goal_left_few", text: say(key, { share: percent, least }) });
  }
  return { ...field, ranked, out, changes: score.sensitivity(rows, weights, rules) };
}

/** @typedef {NonNullable<ReturnType<typeof rank>>} Ranking */

/** Why a must-have keeps a framework out. @param {Need} need @param {number} i @param {boolean} isKnown */
function refusal({ key, value, values }, i, isKnown) {
  const { about = "", need = "" } =
    choices.find((choice) => choice.name === key && choice.value === value)?.dataset ?? {};
  const said = { criterion: about, value: data.cells[values[i]].text, need };
  return isKnown
    ? { kind: "goal_left_excluded", text: say("goal_excluded", said) }
    : { kind: "goal_left_unchecked", text: say("goal_unchecked", said) };
}

/** @param {Ranking} ranking @param {number[]} found */
const names = ({ rows }, found) =>
  list(found.map((row) => links[rows[row].i].lastChild?.textContent ?? ""), "and");

/** The name of a criterion and its page. @param {Ranking} ranking @param {number} at */
const criterion = ({ columns }, at) => titles[columns[at]];

/** That name within a sentence. @param {Ranking} ranking @param {number} at */
const quoted = (ranking, at) => say("quoted", { text: criterion(ranking, at).title });

/** Who is first in one sentence, who that is, and the badge of those in front. @param {Ranking} ranking */
function answer(ranking) {
  const { ranked, rules, out, changes } = ranking;
  const [top, second] = ranked;
  if (!top) {
    const isNone = out.every(({ kind }) => kind === "goal_left_excluded");
    const text = say(isNone ? "goal_answer_none_qualify" : "goal_answer_not_enough");
    return { text, first: "", lead: ranked, badge: "" };
  }
  const of = (/** @type {Place[]} */ places) => names(ranking, places.map(({ row }) => row));
  const lead = score.leadGroup(ranked, rules);
  const ties = ranked.filter(({ rank }) => rank === 1);
  const first = of(ties);
  const at = { first, score: tenths(top.tenths) };
  if (ties.length > 1)
    return { text: say("goal_answer_tie", { ...at, names: first }), first, lead, badge: "goal_badge_tie" };
  if (lead.length > 1) {
    const scores = list(lead.map((place) => tenths(place.tenths)), "and");
    const values = { names: of(lead), scores, margin: tenths(rules.tie_margin) };
    return { text: say("goal_answer_close", values), first, lead, badge: "goal_badge_close" };
  }
  if (changes[0]?.step === 1) {
    const { criterion, from, to, winners } = changes[0];
    const values = { ...at, criterion: quoted(ranking, criterion), from, to, winners: names(ranking, winners) };
    return { text: say("goal_answer_one_step", values), first, lead, badge: "goal_badge_close" };
  }
  const next = ranked.filter(({ rank }) => rank === second?.rank);
  const other = second && { second: of(next), other: tenths(second.tenths) };
  const text = say(second ? "goal_answer_clear" : "goal_answer_alone", { ...at, ...other });
  return { text, first, lead, badge: "goal_badge_first" };
}

/** What would change who is first, one sentence each. @param {Ranking} ranking */
function changes(ranking) {
  const { rows, weights, rules, changes: [step] } = ranking;
  const now = String(score.winners(rows, weights, rules));
  const who = (/** @type {number[]} */ found) =>
    found.length ? names(ranking, found) : say("goal_change_nobody");
  const texts = [
    step
      ? say("goal_change_step", { ...step, criterion: quoted(ranking, step.criterion), first: who(step.winners), winners: "" })
      : say("goal_change_no_step"),
  ];
  /** @type {Map<string, [string, string[]]>} */
  const outcomes = new Map();
  for (const { criterion, winners } of score.leaveOneOut(rows, weights, rules)) {
    const [first, without] = outcomes.get(String(winners)) ?? [who(winners), []];
    outcomes.set(String(winners), [first, [...without, quoted(ranking, criterion)]]);
  }
  outcomes.delete(now);
  for (const [first, without] of outcomes.values()) {
    const key = without.length > 1 ? "goal_change_without_any" : "goal_change_without_one";
    texts.push(say(key, { criteria: list(without, "or"), first }));
  }
  if (!outcomes.size) texts.push(say("goal_change_no_criterion"));
  const equal = score.equalWeights(rows, weights, rules);
  const key = String(equal) === now ? "goal_change_equal_same" : "goal_change_equal_other";
  return [...texts, say(key, { first: who(equal) })];
}

/** What costs a place most. @param {Ranking} ranking @param {Place} place */
function holds(ranking, { row }) {
  const { weights, rows } = ranking;
  const { u } = rows[row];
  const at = score.holdsBack(weights, u);
  if (at < 0) return say("goal_holds_nothing");
  const weight = weights[at];
  return say(u[at] === null ? "goal_holds_unknown" : "goal_holds_known", {
    criterion: criterion(ranking, at).title,
    weight,
    points: count(weight * Number(u[at])),
    possible: count(100 * weight),
  });
}

// ---- the page

/** @param {ParentNode} within @param {string} selector @param {string} text an empty one removes it */
function put(within, selector, text) {
  const found = within.querySelector(selector);
  if (text && found) found.textContent = text;
  else found?.remove();
  return found;
}

/** @param {string} tag @param {(string | Node)[]} content @param {string} [kind] */
function make(tag, content, kind = "") {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...content);
  return made;
}

/** @param {string} selector of a part of a blank place */
const copy = (selector) => /** @type {Element} */ (get(selector, Element, blank).cloneNode(true));

/** One criterion's part of a score. @param {Ranking} ranking @param {Place} place @param {number} at */
function part(ranking, { row }, at) {
  const { columns, weights, rows } = ranking;
  const { i, u } = rows[row];
  const [weight, most, worth] = [weights[at], Math.max(...weights), u[at]];
  const earned = weight * (Number(worth) || 0);
  const [state, sum] =
    worth === null ? ["unknown", "goal_sum_unknown"] : worth === "na" ? ["na", "goal_sum_na"] : ["known", "goal_sum"];
  const made = copy(`.part-${state}`);
  const { title, href } = criterion(ranking, at);
  const { state: kind, text, stale } = data.cells[data.values[i][columns[at]]];
  put(made, ".what", title)?.setAttribute("href", href);
  put(made, ".said .stale", stale);
  put(made, ".said span", text)?.setAttribute("class", kind);
  made.querySelector(".track")?.setAttribute("width", share(weight, most));
  made.querySelector(".fill")?.setAttribute("width", share(earned, 100 * most));
  made.querySelector(".gap")?.setAttribute("x2", share(weight, most));
  const values = { utility: Number(worth), weight, points: count(earned), possible: count(100 * weight) };
  put(made, ".sum", say(sum, values));
  return made;
}

/** A place with all its reasons. @param {Ranking} ranking @param {Place} place @param {string} badge */
function whole(ranking, place, badge) {
  const { rows, weights } = ranking;
  const { i, u } = rows[place.row];
  const made = copy(".place");
  made.id = `R-${data.frameworks[i]}`;
  made.classList.toggle("lead-place", badge !== "");
  const [, known] = made.querySelectorAll(".badge");
  known.textContent = say("goal_coverage", { share: score.percent(place.k, place.d) });
  if (place.k === place.d) known.remove();
  const first = put(made, ".badge", say(badge));
  if (badge !== "goal_badge_first") first?.classList.replace("good", "warn");
  put(made, ".rank", shown(place));
  made.querySelector(".fw")?.replaceWith(links[i].cloneNode(true));
  put(made, ".score b", tenths(place.tenths));
  put(made, ".why", "");
  const order = [...weights.keys()].filter((at) => weights[at]);
  order.sort((x, y) => weights[y] - weights[x]);
  get(".parts", Element, made).replaceChildren(...order.map((at) => part(ranking, place, at)));
  const gaps = u.filter((worth) => worth === null).length;
  const most = { score: tenths(place.most), count: gaps };
  const sums = { points: count(place.a), possible: count(100 * place.d), score: tenths(place.tenths) };
  put(made, ".total", [
    say("goal_total", sums),
    gaps ? say(gaps > 1 ? "goal_up_to_many" : "goal_up_to_one", most) : "",
    place.d < place.w ? say("goal_applicability", { share: score.percent(place.d, place.w) }) : "",
  ].filter(Boolean).join(" "));
  const held = get(".holds", Element, made).lastChild;
  if (held) held.textContent = ` ${holds(ranking, place)}`;
  return made;
}

/** A place in one line. @param {Ranking} ranking @param {Place} place */
function stand({ rows }, place) {
  const made = copy(".stand");
  put(made, ".rank", shown(place));
  made.querySelector(".fw")?.replaceWith(links[rows[place.row].i].cloneNode(true));
  made.querySelector(".fill")?.setAttribute("width", share(place.tenths, 1000));
  put(made, ".score", tenths(place.tenths));
  return made;
}

/** "2", or "2=" where it is shared. @param {Place} place */
const shown = ({ rank, tied }) => `${rank}${tied ? "=" : ""}`;

/** Shows a ranking, and says who is first. @param {Ranking} found */
function show(found) {
  const { rows, ranked, out } = found;
  const { text, first, lead, badge } = answer(found);
  put(ranking, ".answer", text);
  const kinds = ["goal_left_excluded", "goal_left_unchecked", "goal_left_few"];
  const lefts = kinds.map((kind) => [say(kind), out.filter((left) => left.kind === kind).length]);
  put(ranking, ".hint", [
    say("choose_ranked", { count: ranked.length, all: data.frameworks.length }),
    ...lefts.filter(([, n]) => n).map(([reason, n]) => say("choose_left", { reason, count: n })),
  ].join(" "));
  get(".podium", Element, ranking).replaceChildren(...ranked.map((place) => stand(found, place)));
  const places = get(".places", HTMLElement, ranking);
  const full = Number(places.dataset.full);
  places.replaceChildren(
    ...ranked.slice(0, full).map((place) => {
      const isLead = badge === "goal_badge_close" ? lead.includes(place) : place.rank === 1;
      const isNear = badge === "goal_badge_tie" && lead.includes(place);
      return whole(found, place, isLead ? badge : isNear ? "goal_badge_close" : "");
    }),
  );
  const rest = get(".mx", HTMLElement, ranking);
  rest.hidden = ranked.length <= full;
  get("tbody", Element, rest).replaceChildren(
    ...ranked.slice(full).map((place) => {
      const head = make("th", [links[rows[place.row].i].cloneNode(true)]);
      head.setAttribute("scope", "row");
      const cells = [shown(place), tenths(place.tenths)].map((text) => make("td", [text], "num"));
      return make("tr", [head, ...cells, make("td", [holds(found, place)], "wide")]);
    }),
  );
  const findings = ranked.length ? changes(found).map((text) => make("li", [text])) : [];
  get(".findings", HTMLElement, ranking).replaceChildren(...findings);
  get("ul:not([class])", Element, ranking).replaceChildren(
    ...out.map(({ i, text }) => make("li", [links[i].cloneNode(true), `: ${text}`])),
  );
  for (const part of ranking.querySelectorAll(".more"))
    part.toggleAttribute("hidden", !part.querySelector("li"));
  const call = ["", "goal_badge_first"].includes(badge) ? "" : ` ${say(badge)}.`;
  return { text, first, score: ranked.length ? tenths(ranked[0].tenths) : "", call };
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;
let told = "";

/** Says something once the reader rests, and keeps the address. @param {() => string} tell */
function rest(tell) {
  clearTimeout(resting);
  resting = setTimeout(() => {
    status.textContent = tell();
    history.replaceState(history.state, "", location.pathname + score.write(chosen(), terms) + location.hash);
  }, REST);
}

/** Makes everything as the controls say. @param {string} [before] what to say first */
function update(before = "") {
  // What stands below must not move, whatever is left out. Measured before anything changes,
  // as browsers would have to lay out the page once more.
  outcome.style.minHeight = `${outcome.offsetHeight}px`;
  for (const range of ranges)
    if (range.nextElementSibling) range.nextElementSibling.textContent = range.value;
  for (const group of groups) {
    const key = group.className ? "choose_asked" : "choose_weighed";
    const own = used(group);
    get("small", Element, group).textContent = own ? say(key, { count: own }) : "";
  }
  const goal = goals.selectedOptions[0].text;
  reset.textContent = say(goals.value ? "choose_reset" : "choose_clear", { goal });
  const found = rank(chosen());
  ranking.hidden = !found;
  get(".fits", HTMLElement, outcome).hidden = Boolean(found);
  if (!found) {
    const all = data.frameworks.length;
    const fits = [...outcome.querySelectorAll("[data-f]")].filter((card) => card.checkVisibility()).length;
    return rest(() => before + say(fits === 1 ? "choose_fit_one" : "choose_fit", { count: fits, all }));
  }
  const { text, first, score, call } = show(found);
  return rest(() => {
    const key = !told ? "choose_first" : told === first ? "choose_still" : "choose_now";
    const now = first ? say(key, { names: first, score, before: told }) + call : text;
    told = first;
    return before + now;
  });
}

/** Does something with the numbers, when they are there. @param {() => void} act */
const then = (act) =>
  load().then(act, () => {
    loading = undefined;
    status.textContent = say("choose_failed");
  });

form.addEventListener("input", ({ target }) =>
  then(() => {
    if (target === goals) set(score.preset(terms, goals.value));
    update();
  }),
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  get("#X-result", HTMLElement).focus();
});
reset.addEventListener("click", () =>
  then(() => {
    set(score.preset(terms, goals.value));
    update();
  }),
);
get("#X-copy", HTMLElement).addEventListener("click", () =>
  then(async () => {
    const here = new URL(location.pathname + score.write(chosen(), terms) + "#X-own", location.href);
    const copied = navigator.clipboard?.writeText(here.href).then(() => true, () => false);
    const isDone = (await copied) ?? false;
    rest(() => say(isDone ? "choose_copied" : "choose_not_copied"));
  }),
);

for (const part of document.querySelectorAll("[data-js]")) part.removeAttribute("hidden");
for (const part of document.querySelectorAll("[data-no-js]")) part.setAttribute("hidden", "");
if (location.search)
  then(() => {
    const { choices, ignored } = score.read(location.search, terms);
    set(choices);
    update(ignored ? `${say("address_unknown")} ` : "");
  });

export {};

// A made-up book of 10,000 pages: 200 frameworks with profiles, 9,000 pairs of them, 20 goals,
// 30 criteria and 700 guides, the same on every run.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FRAMEWORKS = 200;
const CRITERIA = 30;
const GOALS = 20;
const GUIDES = 728;
const PAIRS = 9000;

const WORDS = [
  "request", "handler", "queue", "cache", "schema", "worker", "session", "route", "template", "query", "driver", "token",
  "stream", "module", "thread", "socket", "deploy", "measure", "release", "support", "simple", "stable", "quick", "large",
];

let state = 7;
/** A number below another. @param {number} n */
function below(n) {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % n;
}
/** So many words. @param {number} count */
const words = (count) => Array.from({ length: count }, () => WORDS[below(WORDS.length)]).join(" ");
/** @param {number} count @param {(i: number) => string} make */
const all = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join("");
/** @param {number} i */
const number = (i) => String(i).padStart(3, "0");

/** @param {number} c */
function criterion(c) {
  const kinds = [
    'kind = "boolean"\n',
    'kind = "number"\nunit = "ms"\nutility = [[1, 100], [1000, 0]]\n',
    'kind = "choice"\noptions = [{ id = "built-in", title = "Built in", utility = 100 }, { id = "none", title = "None", utility = 0 }]\n',
    'kind = "rating"\nrubric = ["a", "b", "c", "d", "e"]\n',
  ];
  const group = Math.floor((c * 6) / CRITERIA);
  return (
    `[[criterion]]\nid = "crit-${number(c)}"\ngroup = "group-${group}"\ntitle = "Criterion ${c}"\n` +
    `question = "What about ${words(4)}?"\n${kinds[c % 4]}\n`
  );
}

/** @param {number} c */
function fact(c) {
  if (below(20) === 0) return "";
  const values = [
    () => ["true", "false"][below(2)],
    () => `{ value = ${1 + below(1200)}, note = "${words(4)}" }`,
    () => ['"built-in"', '"none"'][below(2)],
    () => String(1 + below(9) / 2),
  ];
  return `crit-${number(c)} = ${values[c % 4]()}\n`;
}

/** Writes the book into a folder. @param {string} root */
export function book(root) {
  state = 7;
  /** @param {string} path @param {string} text */
  const file = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  file(
    "book.toml",
    `[book]\ntitle = "Made-up things, compared"\nbase_url = "https://example.org/guide/"\n[versus]\npairs = "all"\nmax = ${PAIRS}\n`,
  );
  const group = (/** @type {number} */ i) => `[[group]]\nid = "group-${i}"\ntitle = "Group ${i}"\n\n`;
  file("content/criteria.toml", all(6, group) + all(CRITERIA, criterion));
  file("content/languages.toml", all(8, (i) => `[lang-${i}]\ntitle = "Language ${i}"\n\n`));
  file(
    "content/sources.toml",
    `[docs]\ntitle = "Documentation"\npublisher = "Made up"\nurl = "https://example.org/docs/"\nchecked = 2026-11-20\n`,
  );
  for (let i = 0; i < FRAMEWORKS; i += 1) {
    const path = `content/frameworks/thing-${number(i)}`;
    const head =
      `name = "Thing ${i}"\nlanguage = "lang-${i % 8}"\nsummary = "A thing for ${words(5)}."\n` +
      `homepage = "https://example.org/thing-${i}/"\nlicense = "MIT"\ngood_fit = ["You want ${words(3)}"]\n` +
      `think_twice = ["You want ${words(3)}"]\nsource = "docs"\n\n[facts]\n`;
    file(`${path}.toml`, head + all(CRITERIA, fact));
    file(`${path}.md`, all(4, () => `${words(40)}.\n\n`));
  }
  for (let i = 0; i < GOALS; i += 1) {
    const weight = (/** @type {number} */ c) => ((c + i) % 3 ? `crit-${number(c)} = ${1 + below(10)}\n` : "");
    const head =
      `+++\ntitle = "Need ${i}"\nquestion = "Which thing is best for need ${i}?"\ncoverage = 40\napplicability = 50\n[weights]\n`;
    file(`content/goals/need-${number(i)}.md`, `${head}${all(CRITERIA, weight)}+++\n\n${words(80)}.\n`);
  }
  for (let i = 0; i < GUIDES; i += 1) {
    const part = (/** @type {number} */ n) =>
      `## Part ${n}\n\n${words(60)}. See [](framework:thing-${number(below(FRAMEWORKS))}) and ` +
      `[](goal:need-${number(below(GOALS))}).\n\n\`\`\`python\ndef handle(request):\n    return {"ok": True, "n": ${n}}\n\`\`\`\n\n` +
      `- ${words(6)}\n- **${words(4)}**\n\n${words(50)}.\n\n`;
    const head =
      `+++\ntitle = "Guide ${i}"\nsummary = "About ${words(8)}."\npublished = 2026-11-01\nupdated = 2026-11-20\n+++\n\n`;
    file(`content/guides/guide-${number(i)}.md`, head + all(5, part));
  }
}

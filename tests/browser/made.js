// Books that are made up: of any size, and with all that can happen in a ranking.

import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The theme as it stands in this repository, whatever the program was built with. */
const THEME = fileURLToPath(new URL("../../themes/default", import.meta.url));

/** Starts a book: a function that writes its files. */
function begin() {
  const root = mkdtempSync(join(tmpdir(), "fieldguide-book-"));
  cpSync(THEME, join(root, "themes/default"), { recursive: true });
  /** @param {string} path @param {string} text */
  const file = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return { root, file };
}

/**
 * A made-up book with what the guide lacks: a tie, failed and unknown requirements, too little
 * known, too little that applies, nobody ranked, one alone, values that are too old.
 */
export function cases() {
  const { root, file } = begin();
  file("book.toml", `[book]\ntitle = "Cases"\nbase_url = "https://example.org/cases/"\n[check]\nstale-fact = "off"\nthin-goal = "off"\n[versus]\npairs = "all"\n`);
  file("content/sources.toml", `[paper]\ntitle = "A paper"\nurl = "https://example.com/"\nchecked = 2026-11-01\n`);
  file("content/languages.toml", `[own]\ntitle = "Own"\n[other]\ntitle = "Other"\n`);
  const rubric = `rubric = ["None.", "Little.", "Some.", "Much.", "All."]\n`;
  const criteria = [
    ["async", "Async", `kind = "boolean"\n`],
    ["docs", "Documents", `kind = "rating"\n${rubric}`],
    ["speed", "Speed", `kind = "number"\nunit = "req/s"\nutility = [[0, 0], [10000, 100]]\n`],
    ["admin", "Admin", `kind = "choice"\noptions = [{ id = "own", title = "Built in", utility = 100 }, { id = "addon", title = "Add-on", utility = 50 }]\n`],
    ["mail", "Mail", `kind = "boolean"\n`],
  ];
  const criterion = (/** @type {string[]} */ [id, title, rest]) => `[[criterion]]\nid = "${id}"\ngroup = "all"\ntitle = "${title}"\nquestion = "${title}?"\nglance = true\n${rest}`;
  file("content/criteria.toml", `[[group]]\nid = "all"\ntitle = "All"\n${criteria.map(criterion).join("")}`);
  const none = `{ na = "it has none" }`;
  const old = `{ value = 4, checked = 2021-05-01 }`;
  /** What is left out is unknown. @type {[string, string, string][]} */
  const frameworks = [
    ["alpha", "own", `async = true\ndocs = 5\nspeed = 5000\nadmin = "own"\nmail = true\n`],
    ["beta", "own", `async = true\ndocs = 5\nspeed = 5000\nadmin = "addon"\nmail = false\n`],
    ["gamma", "other", `async = false\ndocs = ${old}\nspeed = 9000\nadmin = "own"\nmail = { value = "partial", note = "to one reader" }\n`],
    ["delta", "other", `docs = 3\nspeed = 2000\nmail = true\n`],
    ["epsilon", "other", `async = true\nadmin = "own"\n`],
    ["zeta", "own", `async = true\ndocs = ${none}\nspeed = ${none}\nadmin = ${none}\nmail = false\n`],
  ];
  for (const [slug, language, facts] of frameworks) {
    const name = slug[0].toUpperCase() + slug.slice(1);
    file(`content/frameworks/${slug}.toml`, `name = "${name}"\nlanguage = "${language}"\nsummary = "${name} is made up."\nsource = "paper"\n[facts]\n${facts}`);
  }
  /** @type {[string, string, string?][]} */
  const goals = [
    ["tie", `docs = 5\nspeed = 3\n`, `criterion = "async"\nis = true\n`],
    ["nobody", `docs = 5\nspeed = 3\n`, `criterion = "async"\nis = "partial"\n`],
    ["nothing", `docs = 5\n`, `criterion = "async"\nis = "partial"\n[[require]]\ncriterion = "docs"\nat_least = 5\n`],
    ["alone", `docs = 5\nspeed = 3\n`, `criterion = "admin"\nis = "addon"\n`],
    ["open", `async = 1\ndocs = 3\nspeed = 3\nadmin = 3\nmail = 2\n`],
    ["clear", `speed = 10\nmail = 1\n`],
  ];
  for (const [slug, weights, need] of goals) {
    const require = need ? `[[require]]\n${need}` : "";
    file(`content/goals/${slug}.md`, `+++\ntitle = "Goal ${slug}"\nquestion = "Which is for ${slug}?"\n[weights]\n${weights}${require}+++\n\nBecause.\n`);
  }
  return root;
}

/**
 * A made-up book with so many frameworks and criteria. The first criterion is the same for
 * all; of the others, some facts are unknown.
 * @param {number} frameworks
 * @param {number} criteria
 */
export function book(frameworks, criteria) {
  const { root, file } = begin();
  const ids = Array.from({ length: criteria }, (_, i) => `crit-${i}`);
  file("book.toml", `[book]\ntitle = "Made up"\nbase_url = "https://example.org/repo/"\n`);
  const group = (/** @type {number} */ i) => `[[group]]\nid = "g${i}"\ntitle = "Group ${i}"\n`;
  const criterion = (/** @type {string} */ id, /** @type {number} */ i) =>
    `[[criterion]]\nid = "${id}"\ngroup = "g${Math.floor((i * 4) / criteria)}"\ntitle = "Criterion ${i}"\n` +
    `question = "How much?"\nkind = "number"\nunit = "ms"\nutility = [[0, 0], [100, 100]]\nglance = true\n`;
  file("content/criteria.toml", [0, 1, 2, 3].map(group).join("") + ids.map(criterion).join(""));
  for (let i = 0; i < frameworks; i += 1) {
    const facts = ids.slice(1).map((id, c) => ((i * 7 + c * 3) % 11 ? `${id} = ${(i * 37 + c * 53) % 101}\n` : ""));
    file(
      `content/frameworks/thing-${i}.toml`,
      `name = "Thing ${i}"\nsummary = "A thing."\n[facts]\n${ids[0]} = 7\n${facts.join("")}`,
    );
  }
  const weights = ids.map((id, i) => `${id} = ${1 + (i % 10)}\n`).join("");
  file(
    "content/goals/need.md",
    `+++\ntitle = "Need"\nquestion = "Which is best?"\n[weights]\n${weights}+++\n\nBecause.\n`,
  );
  return root;
}

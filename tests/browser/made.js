// Books that are made up, of any size.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A made-up book with so many frameworks and criteria. The first criterion is the same for
 * all; of the others, some facts are unknown.
 * @param {number} frameworks
 * @param {number} criteria
 */
export function book(frameworks, criteria) {
  const root = mkdtempSync(join(tmpdir(), "fieldguide-book-"));
  /** @param {string} path @param {string} text */
  const file = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
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

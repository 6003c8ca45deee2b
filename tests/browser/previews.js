// Previews of books and sites: this program's, and those of other tools on sites of prose, to be
// measured side by side. FIELDGUIDE, ZOLA and MDBOOK name the programs.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { book } from "./large.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const FIELDGUIDE = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
const ZOLA = process.env.ZOLA ?? "zola";
const MDBOOK = process.env.MDBOOK ?? "mdbook";

/**
 * A book with a preview of it.
 * @typedef {object} Preview
 * @property {(root: string) => void} write writes the book
 * @property {string[]} command serves it; PORT stands for a port
 * @property {string} path the page that is open
 * @property {string} file what is edited for it
 * @property {(text: string, word: string) => string} edit the text with a new word in it
 */

/** @param {string} text @param {string} word */
const summary = (text, word) => text.replace(/^summary = ".*"$/m, `summary = "Made for ${word}."`);
/** A fact of a table: its note, and for a number the value as well. @param {string} id */
const fact = (id) => (/** @type {string} */ text, /** @type {string} */ word) => {
  const [line] = new RegExp(`^${id} = .*$`, "m").exec(text) ?? [""];
  const value = /value = (\d+)/.exec(line)?.[1];
  const other = value ? line.replace(value, String((Number(value) % 1000) + 1)) : line;
  return text.replace(line, other.replace(/note = "[^"]*"/, `note = "Made for ${word}."`));
};
/** A fact that is text. @param {string} id */
const text = (id) => (/** @type {string} */ all, /** @type {string} */ word) =>
  all.replace(new RegExp(`^(${id} = \\{ value = )"[^"]*"`, "m"), `$1"Made for ${word}."`);
const serve = [FIELDGUIDE, "serve", "--port", "PORT"];

/** A site of prose alone, for tools that know no facts. @param {number} pages */
const prose = (pages) => Array.from({ length: pages }, (_, i) => ({ name: `page-${i}`, title: `Page ${i}` }));
/** @param {string} text @param {string} word */
const paragraph = (text, word) => text.replace(/Made for .*\./, `Made for ${word}.`);
const WORDS = `${"Request handler queue cache schema worker session route template query. ".repeat(40)}\n`;

/** @param {number} pages @returns {Preview} */
const zola = (pages) => ({
  write(root) {
    mkdirSync(join(root, "content"));
    mkdirSync(join(root, "templates"));
    writeFileSync(join(root, "config.toml"), `base_url = "http://localhost/"\ntitle = "Made up"\n`);
    const html = (/** @type {string} */ body) =>
      `<!DOCTYPE html>\n<html lang="en"><head><title>Made up</title></head><body>${body}</body></html>\n`;
    writeFileSync(join(root, "templates/page.html"), html("<main><h1>{{ page.title }}</h1>{{ page.content | safe }}</main>"));
    writeFileSync(join(root, "templates/index.html"), html("<main>{{ section.content | safe }}</main>"));
    writeFileSync(join(root, "content/_index.md"), "+++\n+++\n\nHome.\n");
    for (const { name, title } of prose(pages)) {
      writeFileSync(join(root, `content/${name}.md`), `+++\ntitle = "${title}"\n+++\n\nMade for reading.\n\n${WORDS}`);
    }
  },
  command: [ZOLA, "serve", "--port", "PORT"],
  path: "/page-7/",
  file: "content/page-7.md",
  edit: paragraph,
});

/** @param {number} pages @returns {Preview} */
const mdbook = (pages) => ({
  write(root) {
    mkdirSync(join(root, "src"));
    writeFileSync(join(root, "book.toml"), `[book]\ntitle = "Made up"\n[output.html.search]\nenable = false\n`);
    const list = prose(pages);
    writeFileSync(join(root, "src/SUMMARY.md"), list.map(({ name, title }) => `- [${title}](${name}.md)\n`).join(""));
    for (const { name, title } of list) {
      writeFileSync(join(root, `src/${name}.md`), `# ${title}\n\nMade for reading.\n\n${WORDS}`);
    }
  },
  command: [MDBOOK, "serve", "--port", "PORT"],
  path: "/page-7.html",
  file: "src/page-7.md",
  edit: paragraph,
});

/** @type {Preview} */
const guide = {
  write: (root) => {
    for (const part of ["book.toml", "content", "themes"]) {
      cpSync(join(repository, part), join(root, part), { recursive: true });
    }
  },
  command: serve,
  path: "frameworks/django/",
  file: "content/frameworks/django.toml",
  edit: summary,
};
/** @type {Preview} */
const large = {
  write: book,
  command: serve,
  path: "frameworks/thing-100/",
  file: "content/frameworks/thing-100.toml",
  edit: summary,
};

/** @type {Record<string, Preview>} */
export const PREVIEWS = {
  guide,
  large,
  "guide-fact": { ...guide, edit: fact("throughput") },
  // A page whose tables scripts read, which is loaded again.
  "guide-compare": { ...guide, path: "compare/", edit: text("pattern") },
  "large-fact": { ...large, edit: fact("crit-001") },
  "zola-200": zola(200),
  "zola-10000": zola(10_000),
  "mdbook-200": mdbook(200),
  "mdbook-2000": mdbook(2000),
};

/**
 * Starts a preview and waits until it answers.
 * @param {string[]} command
 * @param {string} root
 * @param {"inherit" | "ignore"} [errors] what becomes of what it says as errors
 */
export async function start(command, root, errors = "inherit") {
  const port = String(20_000 + Math.floor(Math.random() * 20_000));
  const [program, ...options] = command.map((word) => (word === "PORT" ? port : word));
  const server = spawn(program, options, { cwd: root, stdio: ["ignore", "pipe", errors] });
  let said = "";
  server.stdout.on("data", (text) => {
    said += text;
    if (process.env.LINES) process.stdout.write(text);
  });
  for (;;) {
    const base = /Serving (http\S+)/.exec(said)?.[1] ?? (program === FIELDGUIDE ? "" : `http://127.0.0.1:${port}`);
    const answer = base && (await fetch(base).catch(() => null));
    if (answer && answer.ok) return { server, base };
    if (server.exitCode !== null) throw new Error(`${program} ended`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

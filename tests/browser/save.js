// How long it takes from a save to the new words in a browser, run by hand:
// `node save.js [--edits N] [NAME…]`, where a name is one of those in PREVIEWS.
//
// Each edit changes a line of one page, in the way an editor saves; the time ends when the
// page that is open has painted the new words. A book of 10,000 pages is still being looked
// through when the next edit comes, as it would be for an author.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { book } from "./large.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const FIELDGUIDE = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
const ZOLA = process.env.ZOLA ?? "zola";
const MDBOOK = process.env.MDBOOK ?? "mdbook";

/** Between two edits, in ms. */
const PAUSE = 700;

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

/** @type {Record<string, Preview>} */
const PREVIEWS = {
  guide: {
    write: (root) => {
      for (const part of ["book.toml", "content", "themes"]) {
        cpSync(join(repository, part), join(root, part), { recursive: true });
      }
    },
    command: serve,
    path: "frameworks/django/",
    file: "content/frameworks/django.toml",
    edit: summary,
  },
  large: {
    write: book,
    command: serve,
    path: "frameworks/thing-100/",
    file: "content/frameworks/thing-100.toml",
    edit: summary,
  },
  "zola-200": zola(200),
  "zola-10000": zola(10_000),
  "mdbook-200": mdbook(200),
  "mdbook-2000": mdbook(2000),
};

/** Runs in every page: says when a word that is waited for has been painted. */
function watch() {
  const wanted = /Made for (word-\d+-\d+)\./;
  let told = "";
  const look = () => {
    const word = wanted.exec(document.body?.textContent ?? "")?.[1];
    if (!word || word === told) return;
    told = word;
    // The frame with the word in it is painted between the two.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => Reflect.get(globalThis, "painted")(word);
      port2.postMessage("");
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  look();
}

/**
 * Starts a preview and waits until it answers.
 * @param {string[]} command
 * @param {string} root
 */
async function start(command, root) {
  const port = String(20_000 + Math.floor(Math.random() * 20_000));
  const [program, ...options] = command.map((word) => (word === "PORT" ? port : word));
  const server = spawn(program, options, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
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

/** @param {number[]} times @param {number} share */
const percentile = (times, share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];

/**
 * Measures a preview.
 * @param {string} name
 * @param {number} edits
 */
async function measure(name, edits) {
  const { write, command, path, file, edit } = PREVIEWS[name];
  const root = mkdtempSync(join(tmpdir(), "fieldguide-save-"));
  write(root);
  const { server, base } = await start(command, root);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    /** @type {(word: string) => void} */
    let painted = () => {};
    await context.exposeFunction("painted", (/** @type {string} */ word) => painted(word));
    await context.addInitScript(watch);
    const page = await context.newPage();
    await page.goto(new URL(path, base).href);
    await new Promise((done) => setTimeout(done, 2000));
    /** @type {number[]} */
    const times = [];
    for (let i = -3; i < edits; i += 1) {
      const word = `word-${Date.now()}-${i + 3}`;
      const text = edit(readFileSync(join(root, file), "utf8"), word);
      const seen = new Promise((done, failed) => {
        const late = setTimeout(() => failed(new Error(`${name}: an edit was not shown`)), 60_000);
        painted = (shown) => {
          if (shown !== word) return;
          clearTimeout(late);
          done(performance.now());
        };
      });
      const aside = join(root, `${file}~`);
      writeFileSync(aside, text);
      const saved = performance.now();
      renameSync(aside, join(root, file));
      const time = (await seen) - saved;
      // The first ones find caches cold.
      if (i >= 0) times.push(time);
      await new Promise((done) => setTimeout(done, PAUSE + Math.random() * 100));
    }
    times.sort((a, b) => a - b);
    const [p50, p95, most] = [0.5, 0.95, 1].map((share) => Math.round(percentile(times, share)));
    console.log(`${name.padEnd(12)} ${edits} edits: p50 ${p50} ms, p95 ${p95} ms, most ${most} ms`);
  } finally {
    await browser.close();
    server.kill();
    rmSync(root, { recursive: true });
  }
}

const given = process.argv.slice(2);
const at = given.indexOf("--edits");
const edits = at < 0 ? 50 : Number(given.splice(at, 2)[1]);
for (const name of given.length > 0 ? given : ["guide", "large"]) await measure(name, edits);

// How long it takes from a save to the new words in a browser, run by hand:
// `node save.js [--edits N] [NAME…]`, where a name is one of those in PREVIEWS.
//
// Each edit changes a line of one page, in the way an editor saves; the time ends when the
// page that is open has painted the new words. A book of 10,000 pages is still being looked
// through when the next edit comes, as it would be for an author.

import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PREVIEWS, start } from "./previews.js";

/** Between two edits, in ms. */
const PAUSE = 700;

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

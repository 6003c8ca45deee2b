// The preview as an author meets it: an open page follows every save, mistakes stand above it, and
// pages of other origins learn nothing.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];

/** How long a save may take to be seen, in ms, on a machine that does other things as well. */
const PROMISED = 2000;

/** @typedef {import("playwright-core").Page} Page */

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});
after(() => browser.close());

/** What a test started, to be ended after it. @type {(() => unknown)[]} */
const ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The small book in a folder of its own, with a guide that is longer than a window. */
function book() {
  const root = mkdtempSync(join(tmpdir(), "fieldguide-serve-"));
  ends.push(() => rmSync(root, { recursive: true }));
  cpSync(join(repository, "tests/sites/minimal"), root, { recursive: true });
  /** @param {string} path @param {string} text */
  const write = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  /** @param {string} path */
  const read = (path) => readFileSync(join(root, path), "utf8");
  /** @param {string} path @param {string | RegExp} from @param {string} to */
  const edit = (path, from, to) => {
    const text = read(path);
    assert.ok(text.search(from) >= 0, `${path} holds ${from}`);
    write(path, text.replace(from, to));
  };
  const part = (/** @type {number} */ i) => `## Part ${i}\n\n${"Words. ".repeat(200)}\n\n[Rails ${i}](framework:rails)\n\n`;
  const parts = Array.from({ length: 12 }, (_, i) => part(i)).join("");
  write("content/guides/long.md", `+++\ntitle = "Long"\nsummary = "A long one."\n+++\n\nThe first words.\n\n${parts}`);
  return { root, write, read, edit };
}

/**
 * A preview of a book, from when it says where it is.
 * @param {string} root
 * @param {string} [port] asked for, or chosen by the system
 */
async function preview(root, port = "0") {
  const options = ["serve", "--root", root, "--port", port, "--today", "2026-11-22"];
  const server = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(server, "exit");
  const stop = async () => {
    server.kill();
    await ended;
  };
  ends.push(stop);
  let said = "";
  const url = await new Promise((done, failed) => {
    server.stdout.on("data", (text) => {
      said += text;
      const found = /Serving (http\S+)/.exec(said);
      if (found) done(found[1]);
    });
    ended.then(() => failed(new Error(`${PROGRAM} ended`)));
  });
  return { url: String(url), port: new URL(String(url)).port, stop, said: () => said };
}

/** Opens a page in a window of its own, or in one that is there. @param {string} url @param {import("playwright-core").BrowserContext} [window] */
async function open(url, window) {
  const context = window ?? (await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" }));
  if (!window) ends.push(() => context.close());
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const asked = page.waitForResponse((response) => response.url().includes("/~fieldguide/state"));
  await page.goto(url);
  // From then on it follows.
  await asked;
  return page;
}

/** Marks a document, to tell it from the one that takes its place. @param {Page} page */
const mark = (page) => page.evaluate(() => void Object.assign(globalThis, { isOld: true }));
/** Whether a document is the one that was marked. @param {Page} page */
const isOld = (page) => page.evaluate(() => "isOld" in globalThis);
/** Waits until a page shows words. @param {Page} page @param {string} words */
const shows = (page, words) => page.getByText(words).first().waitFor({ timeout: PROMISED * 5 });
/** Waits until the page has asked how things are, with what it was told. @param {Page} page */
const told = async (page) => (await page.waitForResponse((response) => response.url().includes("/~fieldguide/state"))).json();

/** What a page is, but for what only the preview knows. @param {Page} page */
const whole = async (page) => (await page.content()).replace(/<script src="[^"]*~fieldguide[^>]*><\/script>/, "");

test("words that changed are put in place, and the page is as if it had been loaded", async () => {
  const { root, edit, write, read } = book();
  const { url } = await preview(root);
  const page = await open(`${url}guides/long/`);
  await mark(page);
  await page.getByRole("link", { name: "Rails 5" }).focus();
  await page.evaluate(() => scrollTo(0, 1500));
  const edits = [
    () => edit("content/guides/long.md", "The first words.", "Quite *other* words, and [a link](framework:rails)."),
    () => edit("content/guides/long.md", 'summary = "A long one."', 'summary = "One that is said elsewhere."'),
    () => edit("content/guides/long.md", "## Part 3", "## Chapter 3 {#part-3}"),
  ];
  for (const change of edits) {
    const news = told(page);
    change();
    assert.equal((await news).same, false);
    const fresh = await open(`${url}guides/long/`);
    await page.waitForFunction((wanted) => document.querySelector("main")?.textContent === wanted, await fresh.locator("main").textContent());
    assert.equal(await whole(page), await whole(fresh));
  }
  assert.equal(await isOld(page), true);
  assert.equal(await page.evaluate(() => scrollY), 1500);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Rails 5");
  // What is open follows on.
  write("content/guides/long.md", `${read("content/guides/long.md")}\n## One more\n\nThe end.\n`);
  await shows(page, "The end.");
});

test("facts are put into the tables of a page without scripts of its own, and load another again", async () => {
  const { root, edit } = book();
  const { url } = await preview(root);
  const facts = "content/frameworks/rails.toml";
  const still = await open(`${url}frameworks/rails/`);
  const pair = await open(`${url}compare/django-vs-rails/`);
  const goal = await open(`${url}best-for/content-sites/`);
  const scripted = await open(`${url}compare/`);
  const pages = [still, pair, goal, scripted];
  /** @type {[RegExp, string][]} */
  const edits = [
    [/^throughput = .*$/m, 'throughput = { value = 2600, note = "By the *book*." }'],
    [/^docs = .*$/m, "docs = 4.5"],
    [/^admin = .*$/m, 'admin = { na = "It has none" }'],
    [/^orm = .*$/m, ""],
    [/^throughput = .*$/m, "throughput = 9000"],
  ];
  /** Which pages were not loaded again, over all edits. */
  const kept = pages.map(() => 0);
  for (const [from, to] of edits) {
    for (const page of pages) await mark(page);
    edit(facts, from, to);
    for (const [i, page] of pages.entries()) {
      const fresh = await open(page.url());
      const wanted = await fresh.locator("main").evaluate((main) => main.outerHTML);
      await page.waitForFunction((main) => document.querySelector("main")?.outerHTML === main, wanted);
      assert.equal(await whole(page), await whole(fresh));
      kept[i] += Number(await isOld(page));
      await fresh.context().close();
    }
  }
  // A fact that is gone changes which rows there are; scripts read the large table.
  assert.deepEqual(kept, [4, 2, 2, 0]);
});

test("a page of which more than words changed is loaded again, where its reader was", async () => {
  const { root, read, write } = book();
  const { url } = await preview(root);
  const page = await open(`${url}guides/long/`);
  await mark(page);
  const link = page.getByRole("link", { name: "Rails 5" });
  await link.focus();
  await page.evaluate(() => scrollTo(0, 1500));
  write("content/guides/long.md", `${read("content/guides/long.md")}| Heads | Tails |\n| --- | --- |\n| 1 | 2 |\n`);
  await shows(page, "Tails");
  assert.equal(await isOld(page), false);
  await page.waitForFunction(() => scrollY === 1500);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Rails 5");
});

test("the focus stays at what had it, wherever that moves", async () => {
  const { root, read, write } = book();
  const guide = "content/guides/long.md";
  const same = "[The same](framework:rails), [the same](framework:flask).\n\n";
  const table = (/** @type {number} */ i) => `| Table ${i} | [Rails 5](framework:flask) |\n| --- | --- |\n| 1 | 2 |\n\n`;
  const [front, body] = read(guide).split("The first words.");
  const at = (/** @type {string} */ start, /** @type {string} */ end) => write(guide, `${front}${start}${same.repeat(4)}${body}${end}`);
  at("The first words. ", "");
  const { url } = await preview(root);
  const page = await open(`${url}guides/long/`);
  const active = () => page.evaluate(() => document.activeElement?.outerHTML.replace(/ class="[^"]*"/, ""));
  const third = page.getByRole("link", { name: "The same", exact: true }).nth(2);
  /** Which of the links of these words has the focus. */
  const place = () => third.evaluate(() => [...document.links].filter(({ textContent }) => textContent === "The same").findIndex((link) => link === document.activeElement));
  const cases = [
    { link: page.getByRole("link", { name: "Rails 5" }).last(), start: `${table(1)}[Rails 5](framework:flask)\n\n`, end: "" },
    { link: third, start: `${table(2)}## Another part\n\n[the same](framework:rails)\n\n`, end: table(3) },
    { link: page.getByRole("link", { name: "Rails 11" }), start: "", end: "" },
  ];
  for (const { link, start, end } of cases) {
    await mark(page);
    await link.focus();
    const before = await active();
    at(start, end);
    await page.waitForFunction(() => !("isOld" in globalThis) && document.readyState === "complete");
    assert.equal(await active(), before);
    if (link === third) assert.equal(await place(), 2);
  }
  // What a script of the page has put there.
  const list = await open(`${url}frameworks/`);
  await mark(list);
  const button = list.locator("th button").nth(1);
  const name = await button.textContent();
  await button.focus();
  write("content/frameworks/aaa.toml", read("content/frameworks/flask.toml").replace(/^name = .*$/m, 'name = "Aaa"'));
  await list.waitForFunction(() => !("isOld" in globalThis) && document.readyState === "complete");
  assert.deepEqual(await list.evaluate(() => [document.activeElement?.localName, document.activeElement?.textContent]), ["button", name]);
});

test("a page that did not change stays as it is", async () => {
  const { root, edit } = book();
  const { url, said } = await preview(root);
  const page = await open(`${url}frameworks/rails/`);
  await mark(page);
  const news = told(page);
  edit("content/frameworks/flask.toml", /^summary = ".*"$/m, 'summary = "Small, and other words."');
  const { same } = await news;
  assert.equal(same, true);
  const other = await open(`${url}frameworks/flask/`);
  await shows(other, "Small, and other words.");
  await assert.doesNotReject(page.waitForTimeout(300));
  assert.equal(await isOld(page), true);
  assert.match(said(), /flask\.toml changed -> /);
});

test("style sheets are swapped, and nothing else", async () => {
  const { root, write } = book();
  const css = "themes/default/assets/site.css";
  write(css, "body { border-top: 3px solid; }\n");
  const { url } = await preview(root);
  const page = await open(`${url}guides/long/`);
  const border = () => page.evaluate(() => getComputedStyle(document.body).borderTopWidth);
  assert.equal(await border(), "3px");
  await mark(page);
  const part = page.getByRole("heading", { name: "Part 4" });
  await part.scrollIntoViewIfNeeded();
  const top = async () => Math.round((await part.boundingBox())?.y ?? -1);
  const before = await top();
  for (const width of [7, 9]) {
    write(css, `body { border-top: ${width}px solid; }\n`);
    await page.waitForFunction((wanted) => getComputedStyle(document.body).borderTopWidth === wanted, `${width}px`);
  }
  assert.equal(await isOld(page), true);
  assert.equal(await top(), before);
  const sheets = await page.evaluate(() =>
    [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => link.getAttribute("href")?.includes("site.")).length,
  );
  assert.equal(sheets, 1);
});

/** Links in an element: their words, and where they lead. @param {import("playwright-core").Locator} box */
const places = (box) => box.locator("a").evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("href")]));

test("what is wrong stands above the page as text, and goes when it is repaired", async () => {
  const { root, edit } = book();
  const { url } = await preview(root);
  const page = await open(`${url}frameworks/django/`);
  let alarms = 0;
  await page.exposeFunction("alarm", () => (alarms += 1));
  await mark(page);
  const box = page.locator("fieldguide-findings");
  const facts = "content/frameworks/rails.toml";
  edit(facts, "orm = true", "\"<img src=x onerror=alarm()>\" = '</pre><script>alarm()</script>'");
  await box.getByText("1 error").waitFor();
  const shown = await box.locator("pre").textContent();
  const check = spawn(PROGRAM, ["check", "--root", root, "--today", "2026-11-22", "--color", "never"]);
  let findings = "";
  check.stderr.on("data", (text) => (findings += text));
  await once(check, "close");
  assert.equal(shown, findings);
  assert.match(findings, /--> content\/frameworks\/rails\.toml:7:1/);
  assert.equal(await box.locator("img, script").count(), 0);
  const links = [["content/frameworks/rails.toml:7:1", `vscode://file${realpathSync(root)}/content/frameworks/rails.toml:7:1`]];
  assert.deepEqual(await places(box), links);
  // The page below stays, and a fresh one has them as well.
  assert.equal(await isOld(page), true);
  const fresh = await open(`${url}frameworks/flask/`);
  assert.equal(await fresh.locator("fieldguide-findings pre").textContent(), findings);
  assert.deepEqual(await places(fresh.locator("fieldguide-findings")), links);
  await shows(fresh, "Small, and grown by extensions");
  // News of other things leave it as it is, with the focus in it.
  await box.locator("a").focus();
  const news = told(page);
  edit("content/guides/long.md", "The first words.", "Other words.");
  await news;
  await page.waitForTimeout(200);
  assert.equal(await box.locator("a").evaluate((link) => link === document.activeElement), true);
  // What was closed stays closed until there is something else.
  await box.getByRole("button", { name: "Close" }).click();
  assert.equal(await box.count(), 0);
  edit("content/frameworks/django.toml", "docs = 5", "docs = 6");
  await box.getByText("2 errors").waitFor();
  edit("content/frameworks/django.toml", "docs = 6", "docs = 5");
  edit(facts, /^"<img.*$/m, "orm = true");
  await box.waitFor({ state: "detached" });
  await fresh.locator("fieldguide-findings").waitFor({ state: "detached" });
  assert.equal(await isOld(page), true);
  assert.equal(alarms, 0);
});

test("twelve open pages follow every save, and there is room for more", async () => {
  const { root, edit } = book();
  const { url } = await preview(root);
  const first = await open(`${url}guides/long/`);
  const pages = [first];
  while (pages.length < 12) pages.push(await open(`${url}guides/long/`, first.context()));
  let words = "The first words.";
  for (const next of ["Second words.", "Third words."]) {
    edit("content/guides/long.md", words, next);
    words = next;
    await Promise.all(pages.map((page) => shows(page, next)));
  }
  const start = performance.now();
  await shows(await open(`${url}guides/long/`, first.context()), words);
  assert.ok(performance.now() - start < PROMISED, "one more page has room");
});

test("an open page finds a preview that was started again", async () => {
  const { root, edit } = book();
  const before = await preview(root);
  const page = await open(`${before.url}guides/long/`);
  await before.stop();
  edit("content/guides/long.md", "The first words.", "Words of the night.");
  await page.waitForTimeout(600);
  await preview(root, before.port);
  await shows(page, "Words of the night.");
  // It listens to the new one.
  edit("content/guides/long.md", "Words of the night.", "Words of the day.");
  await shows(page, "Words of the day.");
});

test("a book that is broken from the start is shown when it is repaired", async () => {
  const { root, read, write } = book();
  const good = read("content/criteria.toml");
  write("content/criteria.toml", "[[group]\n");
  const { url } = await preview(root);
  const page = await open(url);
  await page.locator("fieldguide-findings").getByText("error[syntax]").waitFor();
  write("content/criteria.toml", good);
  // Where the site is was not known before.
  await page.waitForFunction(() => !document.querySelector("fieldguide-findings"));
  await page.goto(new URL("/small/frameworks/rails/", url).href);
  await shows(page, "Convention over configuration");
});

/** Ways in which a page of another origin tries to read `target`; each says what it got. */
const CHANNELS = {
  fetch: async (/** @type {string} */ target) => (await fetch(target)).text(),
  "fetch without cors": async (/** @type {string} */ target) => (await fetch(target, { mode: "no-cors" })).text(),
  "fetch with credentials": async (/** @type {string} */ target) => (await fetch(target, { credentials: "include" })).text(),
  XMLHttpRequest: (/** @type {string} */ target) =>
    new Promise((done) => {
      const request = new XMLHttpRequest();
      request.onloadend = () => done(request.responseText);
      request.open("GET", target);
      request.send();
    }),
  script: (/** @type {string} */ target) =>
    new Promise((done) => {
      const script = document.createElement("script");
      script.src = target;
      script.onload = () => done("it was run");
      script.onerror = () => done("");
      document.head.append(script);
    }),
  module: async (/** @type {string} */ target) => JSON.stringify(await import(target)),
  "style sheet": (/** @type {string} */ target) =>
    new Promise((done) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = target;
      link.onload = () => done("it was applied");
      link.onerror = () => done("");
      document.head.append(link);
    }),
  image: (/** @type {string} */ target) =>
    new Promise((done) => {
      const image = new Image();
      image.onload = () => done(`${image.width} wide`);
      image.onerror = () => done("");
      image.src = target;
    }),
  frame: (/** @type {string} */ target) =>
    new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.onload = () => {
        try {
          done(frame.contentDocument?.body.textContent ?? "");
        } catch {
          done("");
        }
      };
      frame.src = target;
      document.body.append(frame);
    }),
  window: async (/** @type {string} */ target) => {
    const other = globalThis.open(target);
    await new Promise((done) => setTimeout(done, 700));
    try {
      return other?.document.body.textContent ?? "";
    } catch {
      return "";
    } finally {
      other?.close();
    }
  },
  EventSource: (/** @type {string} */ target) =>
    new Promise((done) => {
      const source = new EventSource(target);
      source.onopen = () => done("it was opened");
      source.onmessage = ({ data }) => done(data);
      source.onerror = () => done("");
    }),
  WebSocket: (/** @type {string} */ target) =>
    new Promise((done) => {
      const socket = new WebSocket(target.replace("http", "ws"));
      socket.onopen = () => done("it was opened");
      socket.onerror = () => done("");
    }),
  SharedWorker: (/** @type {string} */ target) =>
    new Promise((done) => {
      const worker = new SharedWorker(target);
      worker.onerror = () => done("");
      worker.port.onmessage = ({ data }) => done(String(data));
      setTimeout(() => done(""), 700);
    }),
};

/**
 * Tries every channel on every target, on a page; what says nothing for long has been let in.
 * @param {Page} page
 * @param {string[]} targets
 */
async function attack(page, targets) {
  /** @type {string[]} */
  const leaks = [];
  for (const [name, channel] of Object.entries(CHANNELS)) {
    const tries = targets.map(async (target) => {
      const run = `(${channel})(${JSON.stringify(target)})`;
      const late = 'new Promise((done) => setTimeout(done, 3000, "it is open"))';
      const got = await page.evaluate(`Promise.race([Promise.resolve().then(() => ${run}).catch(() => ""), ${late}])`);
      if (got) leaks.push(`${name} of ${target}: ${got}`);
    });
    await Promise.all(tries);
  }
  return leaks;
}

/** A page with nothing on it, and things that any page may read: a server for attackers. */
async function attacker() {
  /** @type {Record<string, [string, string]>} */
  const files = {
    "/": ["text/html", "<!DOCTYPE html><title>Evil</title><body>Bait"],
    "/bait.js": ["text/javascript", "self.onconnect = (event) => event.ports[0].postMessage('bait'); export default 1"],
    "/classic.js": ["text/javascript", "self.onconnect = (event) => event.ports[0].postMessage('bait')"],
    "/bait.css": ["text/css", "b { top: 0 }"],
    "/bait.svg": ["image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    "/bait.events": ["text/event-stream", "data: bait\n\n"],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? ""] ?? ["text/plain", ""];
    response.writeHead(200, { "content-type": type });
    response.end(text);
  });
  server.on("upgrade", (request, socket) => {
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    socket.write(`${head}Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { port, baits: Object.keys(files) };
}

test("a page of another origin can read nothing, and is told of nothing", async () => {
  const { root, write } = book();
  write("content/assets/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const { url } = await preview(root);
  const own = await open(url);
  const token = await own.locator("script[data-token]").getAttribute("data-token");
  const origin = new URL(url).origin;
  const style = await own.locator('link[rel="stylesheet"]').first().evaluate((link) => /** @type {HTMLLinkElement} */ (link).href);
  const { port, baits } = await attacker();
  const targets = [
    url,
    `${url}api/v1/frameworks.json`,
    `${url}theme/theme.js`,
    style,
    `${url}assets/picture.svg`,
    `${origin}/~fieldguide/reload.js`,
    `${origin}/~fieldguide/worker.js`,
    // Even with what only pages of this run know.
    `${origin}/~fieldguide/live?token=${token}`,
    `${origin}/~fieldguide/state?token=${token}&path=/small/&stamp=0`,
  ];
  for (const host of ["127.0.0.1", "localhost"]) {
    const context = await browser.newContext();
    ends.push(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://${host}:${port}/`);
    assert.deepEqual(await attack(page, targets), []);
    // Every channel works where it may.
    const leaks = await attack(page, baits.map((bait) => `http://${host}:${port}${bait}`));
    const open = Object.keys(CHANNELS).filter((name) => leaks.some((leak) => leak.startsWith(`${name} of`)));
    assert.deepEqual(open, Object.keys(CHANNELS));
  }
});

test("a name that is made to lead here leads to nothing", async () => {
  const { root } = book();
  const { url, port } = await preview(root);
  const token = await (await open(url)).locator("script[data-token]").getAttribute("data-token");
  const rebound = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...FLAGS, "--host-resolver-rules=MAP evil.test 127.0.0.1"],
  });
  ends.push(() => rebound.close());
  const page = await rebound.newPage();
  const answer = await page.goto(`http://evil.test:${port}/small/`);
  assert.equal(answer?.status(), 421);
  assert.match((await page.textContent("body")) ?? "", /does not answer to this name/);
  const here = `http://evil.test:${port}`;
  const paths = ["/small/", "/small/api/v1/frameworks.json", `/~fieldguide/live?token=${token}`];
  for (const path of paths) {
    const got = await page.evaluate(async (target) => (await fetch(target)).text(), here + path);
    assert.match(got, /^fieldguide does not answer to this name/);
  }
});

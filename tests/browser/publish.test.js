// A published branch, cloned and served by nginx below four addresses: every page in a browser,
// every link followed, nothing missing and nothing asked for elsewhere.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
const nginx = existsSync("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

/** Where the site is served: as nginx matches it, and as browsers ask for it. */
const PREFIXES = [
  ["/", "/"],
  ["/sub/", "/sub/"],
  ["/a/b/c/", "/a/b/c/"],
  ["/~u/p q/", "/~u/p%20q/"],
];

/** Pages that are open at a time. */
const WINDOWS = 4;

/** @type {string} */
let folder;
/** @type {import("playwright-core").Browser} */
let browser;

/**
 * Runs a program, which must end well.
 * @param {string} name
 * @param {string[]} args
 * @param {string} cwd
 */
function run(name, args, cwd) {
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder };
  const ended = spawnSync(name, args, { cwd, env, encoding: "utf8" });
  assert.equal(ended.status, 0, `${name} ${args.join(" ")}: ${ended.error ?? ended.stderr}`);
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "fieldguide-publish-"));
  const book = join(folder, "book");
  mkdirSync(book);
  for (const part of ["book.toml", "content"]) {
    cpSync(join(repository, part), join(book, part), { recursive: true });
  }
  const who = ["-c", "user.name=An Author", "-c", "user.email=author@example.org"];
  run("git", ["init", "-q", "--bare", "-b", "main", "remote.git"], folder);
  run("git", ["init", "-q", "-b", "main"], book);
  run("git", ["add", "-A"], book);
  run("git", [...who, "commit", "-q", "-m", "book"], book);
  run("git", ["remote", "add", "origin", "../remote.git"], book);
  run("git", ["push", "-q", "origin", "main"], book);
  run(program, ["publish", "--today", "2026-11-22"], book);
  run("git", ["clone", "-q", "-b", "gh-pages", "remote.git", "site"], folder);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A port that nobody listens at. */
async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(null)));
  const address = server.address();
  await new Promise((done) => server.close(() => done(null)));
  assert(address && typeof address === "object");
  return address.port;
}

/**
 * Serves the cloned branch below an address, and nothing else.
 * @param {string} prefix
 */
async function serve(prefix) {
  const port = await freePort();
  const place = mkdtempSync(join(folder, "nginx-"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(place, name)};`)
    .join("\n");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const types = existsSync("/etc/nginx/mime.types") ? "include /etc/nginx/mime.types;" : "";
  writeFileSync(
    join(place, "nginx.conf"),
    `daemon off; ${user} worker_processes 1; pid ${join(place, "pid")};
    events { worker_connections 256; }
    http {
      ${temporary}
      ${types}
      access_log off;
      disable_symlinks on;
      server {
        listen 127.0.0.1:${port};
        location "${prefix}" { alias ${join(folder, "site")}/; index index.html; }
        ${prefix === "/" ? "" : "location / { return 404; }"}
        location ~ /\\.git { return 404; }
      }
    }`,
  );
  const log = join(place, "error.log");
  const server = spawn(nginx, ["-p", place, "-e", log, "-c", join(place, "nginx.conf")]);
  const origin = `http://127.0.0.1:${port}`;
  const ended = new Promise((done) => server.once("exit", done));
  for (let i = 0; i < 200; i += 1) {
    const answer = await fetch(origin + encodeURI(prefix)).catch(() => null);
    if (answer?.ok) break;
    await new Promise((done) => setTimeout(done, 25));
  }
  const close = async () => {
    server.kill("SIGTERM");
    await ended;
  };
  return { origin, close };
}

for (const [prefix, shown] of PREFIXES) {
  test(`the published site is whole at ${shown}`, { timeout: 240_000 }, async () => {
    const { origin, close } = await serve(prefix);
    const context = await browser.newContext({ reducedMotion: "reduce" });
    /** @type {Set<string>} */
    const faults = new Set();
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(origin + shown)) faults.add(`${url} is outside`);
    });
    context.on("response", (response) => {
      if (response.status() >= 400) faults.add(`${response.url()}: ${response.status()}`);
    });
    const home = origin + shown;
    const seen = new Set([home]);
    const queue = [home];
    let pages = 0;

    /** Addresses on a page, in this site or outside of it. */
    const linked = () =>
      [...document.querySelectorAll("a[href], link[href], form[action]")]
        .filter((element) => element.getAttribute("rel") !== "canonical")
        .map((element) => /** @type {any} */ (element).href || /** @type {any} */ (element).action)
        .filter((href) => typeof href === "string");

    let busy = 0;
    /** The next address; none when all windows have nothing to do. */
    const next = async () => {
      while (queue.length === 0 && busy > 0) await new Promise((done) => setTimeout(done, 5));
      return queue.pop();
    };

    /**
     * @param {import("playwright-core").Page} page
     * @param {string} url
     */
    const look = async (page, url) => {
      const head = await context.request.head(url);
      if (!head.ok()) faults.add(`${url}: ${head.status()}`);
      if (!head.headers()["content-type"]?.startsWith("text/html")) return;
      await page.goto(url);
      pages += 1;
      for (const href of await page.evaluate(linked)) {
        const [address] = href.split(/[?#]/);
        if (!address.startsWith(origin) || seen.has(address)) continue;
        seen.add(address);
        if (address.startsWith(home)) queue.push(address);
        else faults.add(`${url} links to ${address}, which is outside`);
      }
    };

    const walk = async () => {
      const page = await context.newPage();
      for (let url = await next(); url; url = await next()) {
        busy += 1;
        await look(page, url).finally(() => (busy -= 1));
      }
    };

    try {
      await Promise.all(Array.from({ length: WINDOWS }, walk));
      assert(pages > 100, `only ${pages} pages were found`);
      assert.deepEqual([...faults], []);
    } finally {
      await context.close();
      await close();
    }
  });
}

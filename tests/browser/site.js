// The repository's guide, built and served under /repo/, and a browser to look at it.
//
// The program is `target/release/fieldguide`, or what FIELDGUIDE names; the browser is Debian's
// Chromium, or what CHROMIUM names.

import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Where sites are served below the host, as on a project's pages. */
const BASE = "/repo/";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

/**
 * Builds a book into a folder of its own.
 * @param {string} root the book's folder
 */
function build(root) {
  const out = mkdtempSync(join(tmpdir(), "fieldguide-site-"));
  const program = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
  const base = ["--base-url", `https://example.org${BASE}`, "--today", "2026-11-22"];
  const options = ["build", "--root", root, "--out", join(out, "public"), ...base];
  const run = spawnSync(program, options, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${program}: ${run.error ?? run.stderr}`);
  return out;
}

/**
 * Serves a folder on a free port of this machine.
 * @param {string} folder
 */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const below = path.startsWith(BASE) ? normalize(path.slice(BASE.length)) : "..";
    const file = below.endsWith("/") || below === "." ? join(below, "index.html") : below;
    try {
      if (file.startsWith("..")) throw new Error("it is outside of the site");
      const bytes = readFileSync(join(folder, file));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" });
      response.end(bytes);
    } catch {
      response.writeHead(404, { "content-type": TYPES[".html"] });
      response.end(readFileSync(join(folder, "404.html")));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(null)));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server has no port");
  return { server, url: `http://127.0.0.1:${address.port}${BASE}` };
}

/**
 * A built site, served, with a browser.
 * @typedef {object} Site
 * @property {string} url where it is served, ending in "/"
 * @property {string} folder where its files are
 * @property {import("playwright-core").Browser} browser
 * @property {() => Promise<void>} close
 */

/**
 * Builds and serves a book, by default the repository's own guide.
 * @param {string} [root]
 * @returns {Promise<Site>}
 */
export async function site(root = repository) {
  const out = build(root);
  const folder = join(out, "public");
  const { server, url } = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
    rmSync(out, { recursive: true });
  };
  return { url, folder, browser, close };
}

/**
 * Opens a page of a site in a fresh window; what goes wrong on it is gathered in `faults`:
 * errors, violations of its policy, requests to other origins.
 * @param {Site} site
 * @param {string} path
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function open(site, path, options = {}) {
  const context = await site.browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  const origin = new URL(site.url).origin;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) faults.push(`${request.url()} was asked for`);
  });
  await page.goto(new URL(path, site.url).href);
  return { page, context, faults };
}

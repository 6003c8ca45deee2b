// The repository's guide, and a browser to look at it: Debian's Chromium, or what CHROMIUM names.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve, serveToo } from "./served.js";

/** Where the browser is, and how it is started where nothing draws for it. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];

/**
 * A built site, served, with a browser.
 * @typedef {object} Site
 * @property {string} url where it is served, ending in "/"
 * @property {string} folder where its files are
 * @property {{ url: string, folder: string }} cases the book with all that can happen in a ranking
 * @property {string} later where the files of the guide are as they are built on a later day
 * @property {import("playwright-core").Browser} browser
 * @property {() => Promise<void>} close
 */

/**
 * The repository's own guide, as `run.js` serves it for all files, or else as served for this
 * one; or another book, beside it.
 * @param {string} [book]
 * @returns {Promise<Site>}
 */
export async function site(book) {
  /** @type {import("./served.js").Served & { stop?: () => void }} */
  const served = process.env.SERVED ? JSON.parse(process.env.SERVED) : await serve();
  const { host, later, stop } = served;
  const guide = { url: `${host}/repo/`, folder: join(served.folder, "repo") };
  const { url, folder } = book ? serveToo(served, book) : guide;
  process.env.FONTCONFIG_FILE = served.fonts;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const close = async () => {
    await browser.close();
    stop?.();
  };
  const cases = { url: `${host}/cases/`, folder: join(served.folder, "cases") };
  return { url, folder, cases, later, browser, close };
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

/**
 * A page of a site: its file, where it is served, the kind of thing it shows, its text.
 * @typedef {{ file: string, path: string, kind: string, html: string }} Built
 */

/** All files of HTML of a site, in order. @param {Site} site @returns {Built[]} */
export function files({ folder }) {
  const all = readdirSync(folder, { recursive: true }).map(String).sort();
  return all
    .filter((file) => file.endsWith(".html"))
    .map((file) => {
      const html = readFileSync(join(folder, file), "utf8");
      const kind = /<body class="p-([a-z-]+)"/.exec(html)?.[1] ?? "redirect";
      return { file, path: file.replace(/(^|\/)index\.html$/, "$1"), kind, html };
    });
}

/** All pages of a site that a reader sees; what only leads elsewhere is none. @param {Site} site */
export const pages = (site) => files(site).filter((page) => page.kind !== "redirect");

/** The book with all that can happen in a ranking, as a site of its own. @param {Site} guide @returns {Site} */
export const casesOf = (guide) => ({ ...guide, ...guide.cases });

/** Its pages on which something happens that does not in the guide. @param {Site} guide */
export const rare = (guide) => pages(casesOf(guide)).filter(({ kind }) => ["goal", "goals", "framework", "frameworks", "compare", "home"].includes(kind));

/**
 * One page of each kind: the longest, on which most can go wrong, or the shortest.
 * @param {Site} site
 * @param {"longest" | "shortest"} [which]
 */
export function samples(site, which = "longest") {
  const sign = which === "longest" ? 1 : -1;
  /** @type {Map<string, Built>} */
  const chosen = new Map();
  for (const page of pages(site)) {
    const other = chosen.get(page.kind);
    if (!other || sign * (page.html.length - other.html.length) > 0) chosen.set(page.kind, page);
  }
  return [...chosen.values()];
}

/**
 * Opens pages of a site one after the other in one window, with what goes wrong on each.
 * @param {Site} site
 * @param {Built[]} list
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page, at: Built, faults: string[]) => Promise<void>} look
 */
export async function visit(site, list, options, look) {
  const { page, context, faults } = await open(site, list[0].path, options);
  for (const [i, at] of list.entries()) {
    if (i > 0) {
      faults.length = 0;
      await page.goto(new URL(at.path, site.url).href);
    }
    await look(page, at, faults);
  }
  await context.close();
}

/**
 * Asserts that nothing was found, and says what was: the first things, and how many.
 * @param {string[]} found
 */
export function nothing(found) {
  const more = found.length > 20 ? [`and ${found.length - 20} more`] : [];
  assert.ok(found.length === 0, [...found.slice(0, 20), ...more].join("\n"));
}

// What pages weigh and ask for.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { nothing, open, pages, samples, site, visit } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

const KB = 1024;
const packed = (/** @type {Buffer | string} */ bytes) => gzipSync(bytes, { level: 9 }).length;

/** Files of the theme, whose names have a hash in them. */
const assets = () =>
  readdirSync(join(guide.folder, "theme")).map((name) => {
    const bytes = readFileSync(join(guide.folder, "theme", name));
    return { name, kind: name.split(".").at(-1), bytes: bytes.length, packed: packed(bytes) };
  });

test("07 style sheets are within their budgets", (t) => {
  for (const { name, bytes, packed } of assets().filter(({ kind }) => kind === "css")) {
    const [most, mostPacked] = name.startsWith("site.") ? [24 * KB, 6 * KB] : [Infinity, 2 * KB];
    t.diagnostic(`${name}: ${bytes} bytes, ${packed} packed`);
    assert.ok(bytes <= most && packed <= mostPacked, `${name}: ${bytes} bytes, ${packed} packed`);
  }
});

test("07 every page is within its budget of text and of scripts", (t) => {
  const sizes = new Map(assets().map((asset) => [asset.name, asset]));
  const theme = [...sizes.values()].find(({ name }) => name.startsWith("theme."));
  assert.ok(theme && theme.packed <= 300, `theme.js: ${theme?.packed} bytes`);
  /** @type {string[]} */
  const found = [];
  let [text, scripts] = [0, 0];
  for (const { path, kind, html } of pages(guide)) {
    const size = packed(html);
    if (size > (kind === "compare" ? 70 : 30) * KB) found.push(`${path}: ${size} bytes of HTML`);
    const names = [...html.matchAll(/<(?:script [^>]*src|link rel="modulepreload" href)="([^"]+)"/g)].map((match) => basename(match[1]));
    const sum = names.reduce((sum, name) => sum + (sizes.get(name)?.packed ?? Infinity), 0);
    if (sum > 8 * KB) found.push(`${path}: ${sum} bytes of scripts: ${names}`);
    // A page that is only read has no script but the one for its colours.
    const needs = [/ data-sorted|class="pick"/.test(html) && "tables", kind === "choose" && "choose", /class="find" role="search"/.test(html.split("<main")[1]) && "search"];
    const own = names.map((name) => name.split(".")[0]).filter((name) => name !== "theme");
    if (own.some((name) => !needs.includes(name))) found.push(`${path}: ${own}, but it needs ${needs.filter(Boolean)}`);
    [text, scripts] = [Math.max(text, size), Math.max(scripts, sum)];
  }
  nothing(found);
  t.diagnostic(`at most ${text} bytes of HTML and ${scripts} of scripts`);
});

/** How many files a page may ask for, itself among them; the browser's icon for the whole site comes besides. */
const MOST = 5;

test("07 and 08 no page asks for much, or elsewhere, or has an error or a violation of its policy", async (t) => {
  /** @type {string[]} */
  const found = [];
  /** Pages by how many files they ask for. @type {Record<number, number>} */
  const counts = {};
  /** @type {string[]} */
  let asked = [];
  const list = pages(guide);
  const { page, context, faults } = await open(guide, "404.html");
  page.on("request", (request) => asked.push(request.url()));
  for (const { path } of list) {
    [asked, faults.length] = [[], 0];
    await page.goto(new URL(path, guide.url).href);
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    const icon = await page.locator("link[rel=icon]").evaluate((link) => /** @type {HTMLLinkElement} */ (link).href);
    // Pictures that an author puts into prose are the author's.
    const pictures = await page.locator("main img").evaluateAll((all) => all.map((image) => /** @type {HTMLImageElement} */ (image).src));
    const names = [...new Set(asked)].filter((url) => ![icon, ...pictures].includes(url)).map((url) => basename(url));
    if (names.length > MOST) found.push(`${path} asks for ${names}`);
    counts[names.length] = (counts[names.length] ?? 0) + 1;
    found.push(...asked.filter((url) => !url.startsWith(guide.url)).map((url) => `${path} asks for ${url}`));
    found.push(...faults.map((fault) => `${path}: ${fault}`));
  }
  await context.close();
  nothing(found);
  t.diagnostic(`${list.length} pages, none of their requests to elsewhere; pages by number of requests: ${JSON.stringify(counts)}`);
});

test("07 what is served is packed, and of the type that it is", async () => {
  /** @type {Record<string, RegExp>} */
  const types = {
    "": /^text\/html; charset=utf-8$/,
    "changes/feed.xml": /^application\/xml/,
    "api/v1/matrix.csv": /^text\/csv/,
    "api/v1/frameworks.json": /^application\/json$/,
    "llms.txt": /^text\/plain; charset=utf-8$/,
    "frameworks/django/index.md": /^text\/markdown; charset=utf-8$/,
  };
  for (const { name, kind } of assets()) {
    if (kind === "css") types[`theme/${name}`] = /^text\/css/;
    if (kind === "js") types[`theme/${name}`] = /^text\/javascript/;
    if (kind === "svg") types[`theme/${name}`] = /^image\/svg\+xml$/;
  }
  for (const [path, type] of Object.entries(types)) {
    const answer = await fetch(new URL(path, guide.url));
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers.get("content-type") ?? "", type, path);
    const length = (await answer.text()).length;
    if (length > 100) assert.equal(answer.headers.get("content-encoding"), "gzip", path);
  }
  const missing = await fetch(`${guide.url}no/such/page/`);
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /class="p-not-found"/);
});

test("08 the policy of every page forbids what it does not need", async () => {
  /** @type {string[]} */
  const found = [];
  for (const { path, html } of pages(guide)) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
    const rules = new Map(policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]));
    const isStrict = rules.get("default-src") === "'none'" && ["script-src", "style-src"].every((key) => rules.get(key) === "'self'") && rules.get("base-uri") === "'none'";
    if (!isStrict) found.push(`${path}: ${policy}`);
  }
  nothing(found);
});

test("08 a violation would be found", async () => {
  await visit(guide, samples(guide).slice(0, 1), {}, async (page, _, faults) => {
    await page.evaluate(() => document.body.setAttribute("style", "color: red"));
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "0" })));
    await page.evaluate(() => fetch("https://example.org/").catch(() => 0));
    assert.ok(faults.length >= 3, `${faults}`);
  });
});

// Whether the files of a site agree with each other: links with pages, lists of pages with
// pages, one build with the next.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { TODAY, build, repository } from "./served.js";
import { files, nothing, open, pages, site } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

const BASE = "https://example.org/repo/";

/** Files below a folder. @param {string} folder */
const below = (folder) =>
  readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(join(folder, name)).isFile()).sort();

test("27 pairs that nobody wrote about have no page, or one that no list names", async () => {
  const declared = readdirSync(join(repository, "content/versus")).map((file) => basename(file, ".md")).sort();
  const built = pages(guide).filter(({ kind }) => kind === "versus").map(({ path }) => basename(path));
  assert.deepEqual(built, declared);

  const root = mkdtempSync(join(tmpdir(), "fieldguide-pairs-"));
  cpSync(join(repository, "tests/sites/minimal"), root, { recursive: true });
  const settings = readFileSync(join(root, "book.toml"), "utf8");
  assert.ok(!settings.includes("[versus]"));
  writeFileSync(join(root, "book.toml"), `${settings}\n[versus]\npairs = "all"\n`);
  const all = await site(root);
  try {
    const lists = ["sitemap.xml", "llms.txt", ...below(all.folder).filter((name) => name.endsWith("feed.xml"))];
    const versus = pages(all).filter(({ kind }) => kind === "versus");
    assert.equal(versus.length, 3);
    const written = versus.filter(({ html }) => !html.includes('<meta name="robots" content="noindex, follow">'));
    assert.ok(written.every(({ path }) => path === "compare/django-vs-rails/"), `${written.map(({ path }) => path)}`);
    for (const { path } of versus.filter((page) => !written.includes(page))) {
      for (const list of lists) assert.ok(!readFileSync(join(all.folder, list), "utf8").includes(path), `${path} is in ${list}`);
    }
  } finally {
    await all.close();
    rmSync(root, { recursive: true });
  }
});

test("28 addresses, breadcrumbs and lists of pages agree, and home is three clicks away", (t) => {
  /** @type {string[]} */
  const found = [];
  const all = pages(guide);
  /** @param {string} html @param {RegExp} pattern */
  const one = (html, pattern) => pattern.exec(html)?.[1] ?? "";
  const isIndexed = (/** @type {string} */ html) => !html.includes('<meta name="robots"');
  const links = new Map(
    all.map(({ path, html }) => {
      const body = html.slice(html.indexOf("<body"));
      const hrefs = [...body.matchAll(/<a [^>]*?href="([^"#?]+)/g)].map((match) => new URL(match[1], BASE + path).href);
      return [path, new Set(hrefs.filter((href) => href.startsWith(BASE)).map((href) => href.slice(BASE.length)))];
    }),
  );
  /** How many clicks each page is away, without a way through the list of all pages. */
  const clicks = new Map([["", 0]]);
  for (const [path, count] of clicks) {
    const next = [...(path === "search/" ? [] : (links.get(path) ?? []))];
    for (const to of next) if (links.has(to) && !clicks.has(to)) clicks.set(to, count + 1);
  }
  for (const { path, html } of all) {
    const count = clicks.get(path);
    if (count === undefined && path !== "404.html") found.push(`nothing leads to ${path}`);
    if (isIndexed(html) && (count ?? 0) > 3) found.push(`${path} is ${count} clicks from home`);
    const canonical = one(html, /<link rel="canonical" href="([^"]+)">/);
    if (canonical !== BASE + path) found.push(`${path}: canonical ${canonical}`);
    const crumbs = one(html, /<nav class="breadcrumbs"[^>]*>([^]*?)<\/nav>/);
    const above = [...crumbs.matchAll(/<a href="([^"]+)"/g)].map((match) => new URL(match[1], BASE + path).href.slice(BASE.length));
    const isBelow = above.every((crumb) => links.has(crumb) && path.startsWith(crumb) && crumb !== path);
    if (!isBelow || (above.length === 0 && !["", "404.html"].includes(path))) found.push(`${path}: breadcrumbs ${above}`);
  }
  const listed = [...readFileSync(join(guide.folder, "sitemap.xml"), "utf8").matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1]).sort();
  const indexed = all.filter(({ html }) => isIndexed(html)).map(({ path }) => BASE + path).sort();
  assert.deepEqual(listed, indexed);
  nothing(found);
  t.diagnostic(`${all.length} pages, ${indexed.length} of them listed, at most ${Math.max(...clicks.values())} clicks from home`);
});

test("29 the sitemap and the feed are XML with what their readers need", async () => {
  const { page, context } = await open(guide, "404.html");
  const read = (/** @type {string} */ file) => readFileSync(join(guide.folder, file), "utf8");
  const found = await page.evaluate(([map, feed]) => {
    const parse = (/** @type {string} */ text) => new DOMParser().parseFromString(text, "application/xml");
    const [sites, atom] = [parse(map), parse(feed)];
    const faults = [sites, atom].flatMap((xml) => [...xml.querySelectorAll("parsererror")].map((e) => e.textContent ?? ""));
    const needs = (/** @type {Element} */ part, /** @type {string[]} */ names) =>
      names.filter((name) => !part.querySelector(`:scope > ${name}`)).map((name) => `no ${name} in ${part.outerHTML.slice(0, 120)}`);
    if (sites.documentElement.namespaceURI !== "http://www.sitemaps.org/schemas/sitemap/0.9") faults.push("no sitemap");
    for (const url of sites.querySelectorAll("url")) {
      faults.push(...needs(url, ["loc"]));
      const day = url.querySelector("lastmod")?.textContent;
      if (day && !/^\d{4}-\d\d-\d\d$/.test(day)) faults.push(`the day ${day}`);
    }
    if (atom.documentElement.namespaceURI !== "http://www.w3.org/2005/Atom") faults.push("no feed");
    faults.push(...needs(atom.documentElement, ["id", "title", "updated", "link", "entry"]));
    const entries = [...atom.querySelectorAll("entry")];
    for (const entry of entries) faults.push(...needs(entry, ["id", "title", "updated", "link"]));
    const ids = entries.map((entry) => entry.querySelector("id")?.textContent);
    if (new Set(ids).size !== ids.length) faults.push("an entry stands twice");
    for (const { textContent: time } of atom.querySelectorAll("updated")) {
      if (!/^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(time ?? "")) faults.push(`the time ${time}`);
    }
    return faults;
  }, [read("sitemap.xml"), read("changes/feed.xml")]);
  await context.close();
  nothing(found);
});

test("29 what pages say to programs is of few kinds, and no rating", (t) => {
  const allowed = new Set([
    "BreadcrumbList", "ListItem", "WebSite", "TechArticle", "SoftwareSourceCode", "SoftwareApplication", "ItemList",
    "FAQPage", "Question", "Answer", "Dataset", "DataDownload", "Person",
  ]);
  /** @type {Map<string, number>} */
  const types = new Map();
  /** @type {string[]} */
  const found = [];
  for (const { path, html } of files(guide)) {
    for (const [, text] of html.matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)) {
      JSON.parse(text, (key, value) => {
        if (/rating|review|offers/i.test(key)) found.push(`${path}: ${key}`);
        for (const type of key === "@type" ? [value].flat() : []) {
          types.set(type, (types.get(type) ?? 0) + 1);
          if (!allowed.has(type)) found.push(`${path}: ${type}`);
        }
        return value;
      });
    }
  }
  nothing(found);
  assert.ok(types.size > 5, `${[...types.keys()]}`);
  t.diagnostic(JSON.stringify(Object.fromEntries(types)));
});

test("30 another time zone, another language and files made in another order change no byte", () => {
  const folder = mkdtempSync(join(tmpdir(), "fieldguide-again-"));
  const [book, out] = [join(folder, "book"), join(folder, "site")];
  try {
    const inner = ["content", "themes"].flatMap((part) => below(join(repository, part)).map((file) => join(part, file)));
    for (const file of ["book.toml", ...inner].reverse()) {
      mkdirSync(dirname(join(book, file)), { recursive: true });
      cpSync(join(repository, file), join(book, file));
    }
    build(book, out, "/repo/", TODAY, { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" });
    assert.deepEqual(below(out), below(guide.folder));
    const changed = below(out).filter((name) => !readFileSync(join(out, name)).equals(readFileSync(join(guide.folder, name))));
    assert.deepEqual(changed.filter((name) => name !== ".fieldguide.json"), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

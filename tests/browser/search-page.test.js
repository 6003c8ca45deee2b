// Search as a reader meets it: the field of every page, the page of search, the 404 page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { open, site } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** Titles of the results shown. @param {import("playwright-core").Page} page */
const titles = (page) => page.locator(".results li > a").allTextContents();

/** What the status line says. @param {import("playwright-core").Page} page */
const status = (page) => page.locator("[role=status]").textContent();

test("07 nothing is loaded before the field is used, and nothing from elsewhere", async () => {
  const { page, context, faults } = await open(guide, "frameworks/django/");
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.waitForLoadState("networkidle");
  // The browser asks for the icon when it likes.
  assert.deepEqual(asked.splice(0).filter((path) => !path.endsWith(".svg")), []);
  await page.locator("input[name=q]").focus();
  await page.keyboard.type("asp net");
  await page.locator(".results a").first().waitFor();
  assert.deepEqual(asked.map((path) => path.split("/").pop()?.replace(/\.\w{8}\./, ".")).sort(), ["index.json", "search-core.js", "search.css", "search.js"]);
  assert.equal((await titles(page))[0], "ASP.NET Core");
  assert.equal(await page.locator(".results a").first().getAttribute("href"), "../../frameworks/aspnet-core/");
  assert.deepEqual(faults, []);
  await context.close();
});

test("the keyboard is enough: / leads to the field, Tab to the results, Escape clears", async () => {
  const { page, context } = await open(guide, "best-for/");
  await page.keyboard.press("/");
  await page.keyboard.type("djnago");
  await page.locator(".results a").first().waitFor();
  assert.match(await status(page) ?? "", /^\d+ results for “djnago”$/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").textContent(), "Django");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("input[name=q]").inputValue(), "");
  assert.equal(await page.locator(".results").isVisible(), false);
  assert.equal(await page.locator("input[name=q]:focus").count(), 1);
  await page.keyboard.type("a/b");
  assert.equal(await page.locator("input[name=q]").inputValue(), "a/b", "in the field it is a letter");
  await context.close();
});

test("results close when the reader goes on, and Enter leads to the page of search", async () => {
  const { page, context } = await open(guide, "guides/");
  await page.locator("input[name=q]").fill("django");
  await page.locator(".results a").first().waitFor();
  await page.locator("footer").click({ position: { x: 5, y: 5 } });
  assert.equal(await page.locator(".results").isVisible(), false);
  await page.locator("input[name=q]").focus();
  await page.locator(".results a").first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search/?q=django");
  await page.locator(".results a").first().waitFor();
  assert.equal((await titles(page))[0], "Django");
  await context.close();
});

test("on the page of search the query stands in the address and in place of the list", async () => {
  const { page, context, faults } = await open(guide, "search/");
  const list = page.locator("[data-pages] a").first();
  assert.ok(await list.isVisible());
  await page.locator("input[name=q]").pressSequentially("ror");
  await page.waitForURL("**/search/?q=ror");
  assert.deepEqual((await titles(page))[0], "Ruby on Rails");
  assert.equal(await list.evaluate((link) => link.checkVisibility({ contentVisibilityAuto: true })), false);
  await page.reload();
  await page.locator(".results a").first().waitFor();
  assert.equal(await page.locator("input[name=q]").inputValue(), "ror");
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await page.waitForURL("**/search/");
  assert.ok(await list.isVisible());
  await page.locator("input[name=q]").fill("<img src=x onerror=alert(1)>");
  await page.waitForTimeout(100);
  assert.equal(await page.locator("main img").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the key can be switched off, and stays off", async () => {
  const { page, context } = await open(guide, "search/");
  await page.locator(".key input").uncheck();
  await page.goto(`${guide.url}guides/`);
  await page.keyboard.press("/");
  assert.equal(await page.locator("input[name=q]:focus").count(), 0);
  await context.close();
});

test("the page of what does not exist searches as well, from any depth", async () => {
  const { page, context } = await open(guide, "no/such/page/");
  await page.locator("input[name=q]").fill("laravel");
  await page.locator(".results a").first().waitFor();
  assert.equal(await page.locator(".results a").first().getAttribute("href"), "/repo/frameworks/laravel/");
  await context.close();
});

test("what cannot be loaded is said, and tried again", async () => {
  const { page, context } = await open(guide, "guides/");
  await page.route("**/index.json", (route) => route.abort());
  await page.locator("input[name=q]").fill("django");
  await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent);
  assert.match(await status(page) ?? "", /could not be loaded/);
  await page.unroute("**/index.json");
  await page.locator("input[name=q]").press("End");
  await page.locator("input[name=q]").fill("django ");
  await page.locator(".results a").first().waitFor();
  await context.close();
});

test("09 without scripts the form leads to the list of all pages", async () => {
  const { page, context } = await open(guide, "guides/", { javaScriptEnabled: false });
  await page.locator("input[name=q]").fill("django");
  await page.locator("input[name=q]").press("Enter");
  await page.waitForURL("**/search/?q=django");
  assert.ok(await page.locator("[data-pages]").getByRole("link", { name: "Django", exact: true }).isVisible());
  assert.equal(await page.locator(".key").isVisible(), false);
  await context.close();
});

test("11 nothing is wider than a phone", async () => {
  for (const path of ["search/", "search/?q=django", "404.html", "guides/"]) {
    const { page, context } = await open(guide, path, { viewport: { width: 320, height: 640 } });
    await page.locator("input[name=q]").fill("django");
    await page.locator(".results a").first().waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(over, 0, path);
    await context.close();
  }
});

test("07 the index is at most 60 KB for 300 pages", () => {
  const bytes = readFileSync(join(guide.folder, "search/index.json"));
  const { pages } = JSON.parse(bytes.toString());
  const size = gzipSync(bytes, { level: 9 }).length;
  assert.ok(size <= (60 * 1024 * Math.max(pages.length, 30)) / 300, `${size} bytes for ${pages.length} pages`);
});

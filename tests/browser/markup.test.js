// What two checkers of HTML say of every file, and what stands in no file.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { casesOf, files, nothing, site } from "./site.js";

const vnu = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** All files of HTML of the guide, and of the book with what does not happen in it. */
const all = () =>
  [guide, casesOf(guide)].flatMap((site) => files(site).map(({ file, html }) => ({ path: join(site.folder, file), html })));

test("01 the Nu Html Checker finds no error on any page", (t) => {
  const paths = all().map(({ path }) => path);
  const options = ["-Xss4m", "-jar", vnu, "--errors-only", "--exit-zero-always", "--format", "json", "--stdout"];
  const run = spawnSync("java", [...options, ...paths], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, String(run.error ?? run.stderr));
  /** @type {{ messages: { url: string, lastLine: number, message: string, extract?: string }[] }} */
  const { messages } = JSON.parse(run.stdout);
  const found = messages.map((m) => `${m.url.split("/sites/")[1]}:${m.lastLine}: ${m.message} ${m.extract ?? ""}`);
  nothing(found);
  t.diagnostic(`${paths.length} pages, 0 errors`);
});

test("02 html-validate finds nothing on any page", async (t) => {
  const checker = new HtmlValidate({ root: true, extends: ["html-validate:recommended"] });
  const list = all();
  /** @type {string[]} */
  const found = [];
  for (const { path, html } of list) {
    const { results } = await checker.validateString(html, path);
    for (const { messages } of results) {
      found.push(...messages.map((m) => `${path}:${m.line}: ${m.ruleId}: ${m.message} ${m.selector ?? ""}`));
    }
  }
  nothing(found);
  t.diagnostic(`${list.length} pages, 0 errors`);
});

test("08 no file has a style attribute, a handler or a script of its own", () => {
  const found = all().flatMap(({ path, html }) => {
    const tags = html.replace(/(<script [^>]*type="application\/(?:ld\+)?json"[^>]*>)[^<]*/g, "$1").match(/<[a-z][^>]*>[^<]*/gi);
    const wrong = (tags ?? []).filter((tag) => {
      const [head, text] = tag.split(/>([^]*)/);
      const isScript = /^<script\b/i.test(head) && (text.trim() !== "" || !/ (src|type="application\/)/.test(head));
      return isScript || /\s(style|on[a-z]+)\s*=/i.test(head) || /^<style\b/i.test(head);
    });
    return wrong.map((tag) => `${path}: ${tag.slice(0, 120)}`);
  });
  nothing(found);
});

// What pages are without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { nothing, open, pages, samples, site, visit } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
after(() => guide.close());

/** Parts of a page that are there for scripts, or say what a script did. */
const SCRIPTED = "[data-js], [data-script], [role=status], .scheme, .results, .key";

/**
 * What a page is: texts of the content that can be read apart from what a script says, when
 * what is folded is unfolded; levels of headings; links. Runs in the page.
 * @param {string} scripted
 */
function looked(scripted) {
  for (const part of document.querySelectorAll("details")) part.open = true;
  /** @type {Set<string>} */
  const texts = new Set();
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = all.nextNode(); node; node = all.nextNode()) {
    const parent = node.parentElement;
    if (parent && !parent.closest(`${scripted}, button, caption small`) && parent.checkVisibility()) {
      const text = (node.textContent ?? "").replace(/\s+/g, " ").trim();
      if (text) texts.add(text);
    }
  }
  const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[href]"));
  return {
    texts: [...texts],
    levels: heads.map((head) => Number(head.tagName[1])),
    links: [...links].map((link) => link.href),
  };
}

/** All pages with scripts and without. @type {{ path: string, scripted: ReturnType<typeof looked>, plain: ReturnType<typeof looked> }[]} */
const all = [];
before(async () => {
  guide = await site();
  const list = pages(guide);
  /** @type {ReturnType<typeof looked>[]} */
  const scripted = [];
  await visit(guide, list, {}, async (page) => void scripted.push(await page.evaluate(looked, SCRIPTED)));
  await visit(guide, list, { javaScriptEnabled: false }, async (page, { path }) => {
    const plain = await page.evaluate(looked, SCRIPTED);
    all.push({ path, scripted: scripted[all.length], plain });
  });
});

test("09 without scripts everything can be read that can be read with them", (t) => {
  const found = all.flatMap(({ path, scripted, plain }) => {
    const texts = new Set(plain.texts);
    return scripted.texts.filter((text) => !texts.has(text)).map((text) => `${path}: "${text.slice(0, 80)}"`);
  });
  nothing(found);
  const count = all.reduce((sum, { plain }) => sum + plain.texts.length, 0);
  assert.ok(count > 5000, `${count} texts`);
  t.diagnostic(`${all.length} pages, ${count} texts`);
});

test("10 the only first heading stands before all others, and no level is skipped", () => {
  const isInOrder = (/** @type {number[]} */ levels) =>
    levels.length > 0 && levels.every((level, i) => (i === 0 ? level === 1 : level > 1 && level <= levels[i - 1] + 1));
  const found = all.flatMap(({ path, scripted, plain }) =>
    [scripted.levels, plain.levels].filter((levels) => !isInOrder(levels)).map((levels) => `${path}: ${levels}`),
  );
  nothing(found);
});

test("10 without style sheets a page is read from top to bottom, and no drawing is in the way", async () => {
  /** @type {string[]} */
  const found = [];
  const list = samples(guide);
  const { page, context } = await open(guide, "404.html");
  await page.route(/\.css$/, (route) => route.abort());
  for (const { path } of list) {
    await page.goto(guide.url + path);
    const faults = await page.evaluate(() => {
      if (getComputedStyle(document.querySelector("main") ?? document.body).maxWidth !== "none") return ["there are styles"];
      const parts = [".skip", ".brand", "header nav", "nav.breadcrumbs", "h1", "main > :last-child", "footer"];
      const seen = parts.filter((part) => document.querySelector(part));
      const tops = seen.map((part) => document.querySelector(part)?.getBoundingClientRect().top ?? 0);
      const large = [...document.querySelectorAll("svg")].filter((svg) => svg.checkVisibility() && svg.getBoundingClientRect().height > 24);
      // What the eye sees apart must not become one word.
      const isOneWord = (/** @type {Element} */ part) => {
        const before = part.previousSibling;
        const isBeside = before instanceof Element && getComputedStyle(before).display === "inline";
        return isBeside && part.checkVisibility() && /\S$/.test(before.textContent ?? "") && /^\S/.test(part.textContent ?? "");
      };
      const apart = [...document.querySelectorAll("main :is(.rank, .fw, .badge, .score, .said, .sum, small)")];
      return [
        ...tops.flatMap((top, i) => (i > 0 && top < tops[i - 1] ? [`${seen[i]} stands above ${seen[i - 1]}`] : [])),
        ...large.map((svg) => `large: ${svg.outerHTML.slice(0, 120)}`),
        ...apart.filter(isOneWord).map((part) => `runs into what is before: ${part.parentElement?.outerHTML.slice(0, 160)}`),
      ];
    });
    found.push(...faults.map((fault) => `${path}: ${fault}`));
  }
  await context.close();
  nothing(found);
});

test("09 without scripts every link leads to a page", async (t) => {
  const links = new Map(all.flatMap(({ path, plain }) => plain.links.map((link) => [link.split("#")[0], path])));
  /** @type {string[]} */
  const broken = [];
  for (const [link, path] of links) {
    if (!link.startsWith(guide.url)) continue;
    const answer = await fetch(link, { redirect: "manual" });
    await answer.arrayBuffer();
    if (answer.status !== 200) broken.push(`${path}: ${link}: ${answer.status}`);
  }
  nothing(broken);
  t.diagnostic(`${links.size} links`);
});

test("09 without scripts no control is dead", async (t) => {
  /** @type {string[]} */
  const found = [];
  let count = 0;
  await visit(guide, samples(guide), { javaScriptEnabled: false }, async (page, { path }) => {
    const folded = page.locator("details:not([open]) > summary:visible");
    while (await folded.count()) await folded.first().click();
    // What a form sends somewhere works; what a rule of a style sheet looks at does, too.
    const dead = await page.locator("button:visible, select:visible, input:visible, textarea:visible").evaluateAll((all) =>
      all
        .filter((control) => !control.matches("input[type=checkbox], input[type=radio]"))
        .filter((control) => !(/** @type {HTMLInputElement} */ (control).form?.getAttribute("action")))
        .map((control) => control.outerHTML.slice(0, 120)),
    );
    found.push(...dead.map((control) => `${path}: ${control} is dead`));
    /** How much of the content is shown. */
    const shown = () => page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility()).length);
    for (const box of await page.locator("main input[type=checkbox]:visible, main input[type=radio]:visible:not(:checked)").all()) {
      const name = await box.evaluate((element) => element.outerHTML.slice(0, 120));
      const usual = await shown();
      const first = page.locator(`input[type=radio][name="${await box.getAttribute("name")}"]`).first();
      await box.click();
      if ((await shown()) === usual) found.push(`${path}: ${name} does nothing`);
      await ((await box.getAttribute("type")) === "radio" ? first : box).click();
      if ((await shown()) !== usual) found.push(`${path}: ${name} cannot be undone`);
      count += 1;
    }
  });
  nothing(found);
  assert.ok(count > 10, `${count} boxes`);
  t.diagnostic(`${count} boxes`);
});

test("09 without scripts a search leads to a list of all pages", async () => {
  const { page, context } = await open(guide, "", { javaScriptEnabled: false });
  await page.locator("input[type=search]").fill("django");
  await page.locator("input[type=search]").press("Enter");
  await page.waitForURL("**/search/?q=django");
  const links = await page.locator("main a").count();
  assert.ok(links > pages(guide).length / 2, `${links} links`);
  await context.close();
});

// Where things stand: on a small phone, with large letters, with letters far apart.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { casesOf, nothing, pages, rare, samples, site, visit } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

const PHONE = { viewport: { width: 320, height: 640 } };

/**
 * What is wrong with the texts of a page: smaller than 12 pixels, out of its box or of the
 * page, or over another text. Runs in the page.
 */
function faultsOfText() {
  /** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
  // Parts that are not laid out before they come into view are, for once.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
  /** @type {string[]} */
  const faults = [];
  /** @type {{ text: Text, parent: Element, box: Box }[]} */
  const seen = [];
  const isEmpty = (/** @type {Box} */ box) => box.right - box.left < 1 || box.bottom - box.top < 1;
  const name = (/** @type {Text} */ text) => `"${text.data.trim().slice(0, 40)}" in ${text.parentElement?.outerHTML.slice(0, 90)}`;
  // What is there for programs that read aloud is made small on purpose.
  const isAside = (/** @type {Element} */ element) => element.closest(".sr, .vh, .skip, noscript") !== null;
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = all.nextNode(); node; node = all.nextNode()) {
    const text = /** @type {Text} */ (node);
    const parent = text.parentElement;
    if (!parent || !text.data.trim() || isAside(parent)) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < 12) faults.push(`${size} pixels: ${name(text)}`);
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, top, right, bottom } of range.getClientRects()) {
      // Far beside the page: for programs that read aloud, too.
      if (right < -1000) continue;
      const box = { left, top, right, bottom };
      let isScrolled = false;
      for (let at = /** @type {Element | null} */ (parent); at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        const edge = at.getBoundingClientRect();
        const [isCutX, isCutY] = [overflowX, overflowY].map((flow) => flow === "hidden" || flow === "clip");
        if ((isCutX && (box.left < edge.left - 1 || box.right > edge.right + 1)) || (isCutY && (box.top < edge.top - 3 || box.bottom > edge.bottom + 3))) {
          faults.push(`cut: ${name(text)}`);
        }
        if (overflowX === "auto" || overflowX === "scroll") isScrolled = true;
        if (overflowX !== "visible" || overflowY !== "visible") {
          box.left = Math.max(box.left, edge.left);
          box.right = Math.min(box.right, edge.right);
          box.top = Math.max(box.top, edge.top);
          box.bottom = Math.min(box.bottom, edge.bottom);
        }
        if (position === "fixed") break;
      }
      const width = document.documentElement.clientWidth;
      if (!isScrolled && (right > width + 1 || left < -1)) faults.push(`out of the page: ${name(text)}`);
      // Boxes of lines close together touch; letters fill their middle.
      const quarter = (box.bottom - box.top) / 4;
      const middle = { left: box.left + 1, right: box.right - 1, top: box.top + quarter, bottom: box.bottom - quarter };
      if (!isEmpty(middle)) seen.push({ text, parent, box: middle });
    }
  }
  seen.sort((a, b) => a.box.top - b.box.top);
  for (const [i, one] of seen.entries()) {
    for (const other of seen.slice(i + 1)) {
      if (other.box.top >= one.box.bottom) break;
      if (other.text === one.text || other.box.left >= one.box.right || one.box.left >= other.box.right) continue;
      faults.push(`over one another: ${name(one.text)} and ${name(other.text)}`);
    }
  }
  return [...new Set(faults)];
}

/** What is wrong with the tables of a page. Runs in the page. */
function faultsOfTables() {
  return [...document.querySelectorAll("table")].flatMap((table) => {
    const region = table.parentElement;
    const isWide = region !== null && table.offsetWidth > region.clientWidth;
    const isRegion = region !== null && getComputedStyle(region).overflowX === "auto" && region.tabIndex === 0;
    const label = document.getElementById(region?.getAttribute("aria-labelledby") ?? "");
    return [
      ...(isWide && !(isRegion && label?.textContent?.trim()) ? [`wide, and in no region: ${table.outerHTML}`] : []),
      ...(table.caption?.textContent?.trim() ? [] : [`no caption: ${table.outerHTML}`]),
      ...[...table.querySelectorAll("th:not([scope])")].map((th) => `no scope: ${th.outerHTML}`),
      ...[...table.querySelectorAll("td, th")]
        .filter((cell) => !cell.textContent?.trim())
        .map((cell) => `empty: ${cell.outerHTML} in ${cell.parentElement?.textContent?.trim()}`),
      ...(table.tBodies.length > 1
        ? [...table.tBodies]
            .filter((body) => !body.rows[0]?.querySelector("th[scope=rowgroup]"))
            .map((body) => `a group without a head: ${body.outerHTML}`)
        : []),
    ].map((fault) => fault.slice(0, 160));
  });
}

test("11 and 15 on a small phone nothing is too wide, cut or too small, and tables are whole", async (t) => {
  /** @type {string[]} */
  const found = [];
  let count = 0;
  /** @param {import("playwright-core").Page} page @param {{ path: string }} at */
  const look = async (page, { path }) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over !== 0) found.push(`${path}: ${over} pixels too wide`);
    count += await page.locator("table").count();
    const faults = [...(await page.evaluate(faultsOfTables)), ...(await page.evaluate(faultsOfText))];
    found.push(...faults.map((fault) => `${path}: ${fault}`));
  };
  const [list, more] = [pages(guide), rare(guide)];
  await visit(guide, list, PHONE, look);
  await visit(casesOf(guide), more, PHONE, look);
  nothing(found);
  assert.ok(count > 100, `${count} tables`);
  t.diagnostic(`${list.length + more.length} pages, 0 pixels too wide; ${count} tables`);
});

/** Distances of letters, words and lines that a reader may set; from WCAG 1.4.12. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

/** How each is done, and what then differs. @type {[string, import("playwright-core").BrowserContextOptions, (page: import("playwright-core").Page) => Promise<unknown>][]} */
const LETTERS = [
  [
    "letters of twice the size by the browser's setting",
    {},
    async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    },
  ],
  ["letters of twice the size", {}, (page) => page.addStyleTag({ content: "html { font-size: 200% !important }" })],
  ["letters far apart", {}, (page) => page.addStyleTag({ content: SPACING })],
  ["letters far apart on a small phone", PHONE, (page) => page.addStyleTag({ content: SPACING })],
];

for (const [name, options, change] of LETTERS) {
  test(`12 with ${name} nothing is cut, and no text is over another`, async () => {
    /** @type {string[]} */
    const found = [];
    await visit(guide, samples(guide), { ...options, bypassCSP: true }, async (page, { path }) => {
      await change(page);
      const style = await page.evaluate(() => {
        const { fontSize, letterSpacing } = getComputedStyle(document.body);
        return [fontSize, letterSpacing];
      });
      assert.ok(style[0] === "32px" || style[1] !== "normal", `${path} is as usual: ${style}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${path}: ${over} pixels too wide`);
      found.push(...(await page.evaluate(faultsOfText)).map((fault) => `${path}: ${fault}`));
    });
    nothing(found);
  });
}

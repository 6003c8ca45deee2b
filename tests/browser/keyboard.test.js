// What readers get who have a keyboard and no mouse.

import { after, before, test } from "node:test";
import { nothing, open, samples, site, visit } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** Where the keyboard can go. */
const STOPS = "a[href], button, input, select, summary, textarea, [tabindex]";

/** What is wrong with the place of the focus, or null where there is none. Runs in the page. */
function focusNow() {
  const focus = document.activeElement;
  if (!focus || focus === document.body) return null;
  /** @type {string[]} */
  const faults = [];
  const boxes = [...focus.getClientRects()];
  const region = focus.closest(".mx, .table, pre");
  const edge = region?.getBoundingClientRect().right ?? innerWidth;
  const isSeen = boxes.every((box) => {
    const inset = Math.min(box.width / 2, 8);
    const places = [box.left + inset, box.left + box.width / 2, box.right - inset];
    // A browser does not scroll to the end of what is seen for the most part.
    const inside = places.filter((x, i) => i < 2 || x < edge);
    return inside.every((x) => {
      const top = document.elementFromPoint(x, box.top + box.height / 2);
      return top !== null && (focus.contains(top) || focus.closest("label")?.contains(top));
    });
  });
  // A region that scrolls is seen as long as a part of it is.
  if (region !== focus && !isSeen) faults.push("is covered");
  const { outlineStyle, outlineWidth } = getComputedStyle(focus);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push("has no outline");
  const box = boxes[0] ?? focus.getBoundingClientRect();
  const place = { left: box.left + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY };
  if (region && region !== focus) place.left += region.scrollLeft;
  // What stays where it is while the page scrolls has no place in its order.
  let isSticky = false;
  for (let at = /** @type {Element | null} */ (focus); at; at = at.parentElement) {
    if (getComputedStyle(at).position === "sticky") isSticky = true;
  }
  return { html: focus.outerHTML.slice(0, 120), faults, place, isSkip: focus.matches(".skip"), isSticky };
}

/** Walks over a page with the Tab key. @param {import("playwright-core").Page} page */
async function walk(page) {
  /** @type {string[]} */
  const found = [];
  const count = await page.evaluate(
    (stops) => [...document.querySelectorAll(stops)].filter((e) => e.checkVisibility() && /** @type {HTMLElement} */ (e).tabIndex >= 0).length,
    STOPS,
  );
  // Of a group of radio buttons the keyboard goes to one.
  const radios = await page.evaluate(() => {
    const names = [...document.querySelectorAll("input[type=radio]")].filter((e) => e.checkVisibility()).map((e) => /** @type {HTMLInputElement} */ (e).name);
    return names.length - new Set(names).size;
  });
  /** @type {NonNullable<ReturnType<typeof focusNow>> | null} */
  let last = null;
  let reached = 0;
  for (; reached <= count + 5; reached += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focusNow);
    if (!at || (reached > 0 && at.isSkip)) break;
    found.push(...at.faults.map((fault) => `${at.html} ${fault}`));
    if (reached === 0 && !at.isSkip) found.push(`${at.html} comes before the link to the content`);
    const isFree = last !== null && !last.isSkip && !last.isSticky && !at.isSticky;
    if (isFree && last && at.place.bottom <= last.place.top && at.place.left <= last.place.left) found.push(`${at.html} comes after ${last?.html}`);
    last = at;
  }
  if (reached !== count - radios) found.push(`${reached} of ${count - radios} stops are reached`);
  return found;
}

test("13 with the keyboard alone every control is reached in order, and can be seen", async () => {
  /** @type {string[]} */
  const found = [];
  // The shortest page of each kind: a list of 500 sources is 500 times the same.
  const list = samples(guide, "shortest");
  await visit(guide, list, {}, async (page, { path }) => {
    found.push(...(await walk(page)).map((fault) => `${path}: ${fault}`));
  });
  const wide = list.filter(({ kind }) => ["compare", "frameworks", "goal", "choose"].includes(kind));
  await visit(guide, wide, { viewport: { width: 320, height: 640 } }, async (page, { path }) => {
    found.push(...(await walk(page)).map((fault) => `${path}: ${fault}`));
  });
  nothing(found);
});

test("13 a table scrolls with the arrow keys", async () => {
  const { page, context } = await open(guide, "compare/", { viewport: { width: 320, height: 640 } });
  await page.locator(".mx").first().focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => (document.querySelector(".mx")?.scrollLeft ?? 0) > 50);
  await context.close();
});

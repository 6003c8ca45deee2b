// How long a reader waits for what a click does, on a machine four times as slow.

import assert from "node:assert/strict";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { book } from "./made.js";
import { site } from "./site.js";

/** The longest time from a click or a key to the next paint, in milliseconds. */
const LIMIT = 200;

/** The one in the middle. @param {number[]} times */
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** What a reader does. @typedef {(page: import("playwright-core").Page, selector: string) => Promise<void>} Act */

/** @type {Act} */
const press = (page, selector) => page.click(selector);

/** Chooses the next one of a list. @type {Act} */
export const select = (page, selector) => page.press(selector, "ArrowDown");

/**
 * How long a click takes to the next paint, or what else is done: the median of five, measured again up to three times if
 * that is too long, because the machine may have done something else meanwhile.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 * @param {Act} [act]
 */
export async function wait(page, selector, act = press) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.locator(selector).scrollIntoViewIfNeeded();
  let best = Infinity;
  for (let i = 0; i < 4 && best > LIMIT; i += 1) {
    /** @type {number[]} */
    const times = [];
    while (times.length < 5) times.push(await once(page, () => act(page, selector)));
    best = Math.min(best, median(times));
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return best;
}

/**
 * The time from one act to the next paint, when all is quiet.
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<void>} act
 * @returns {Promise<number>}
 */
async function once(page, act) {
  await page.waitForTimeout(400);
  await page.evaluate(() => {
    // @ts-expect-error kept for the test
    window.longest = new Promise((done) => {
      new PerformanceObserver((list, observer) => {
        const acts = list.getEntries().filter(({ name }) => name === "click" || name === "keydown");
        if (!acts.length) return;
        observer.disconnect();
        done(Math.max(...acts.map((entry) => entry.duration)));
        // @ts-expect-error an option that TypeScript does not know yet
      }).observe({ type: "event", durationThreshold: 16 });
      // One that is faster than what is measured.
      for (const name of ["click", "keydown"]) {
        addEventListener(name, () => setTimeout(() => done(16), 2000), { once: true });
      }
    });
  });
  await act();
  // @ts-expect-error set above
  return page.evaluate(() => window.longest);
}

/** @param {string} what @param {number} time @param {import("node:test").TestContext} t */
export function within(what, time, t) {
  t.diagnostic(`${what}: ${time} ms`);
  assert.ok(time <= LIMIT, `${what} takes ${time} ms`);
}

/**
 * Looks at a made-up book of so many frameworks and criteria.
 * @param {[number, number]} size
 * @param {(large: import("./site.js").Site) => Promise<void>} look
 * @param {string} [more] what its `book.toml` says beside its title
 */
export async function withBook([frameworks, criteria], look, more = "") {
  const root = book(frameworks, criteria);
  appendFileSync(join(root, "book.toml"), more);
  const large = await site(root);
  try {
    await look(large);
  } finally {
    await large.close();
    rmSync(root, { recursive: true });
  }
}

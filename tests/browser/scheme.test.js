// Light and dark, and rows close together: chosen by the reader, kept from page to page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, site } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** How light a picture is on average, from 0 to 255. @param {import("playwright-core").Page} page @param {string} picture as base64 */
const lightness = (page, picture) =>
  page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    drawing.drawImage(image, 0, 0);
    const { data: bytes } = drawing.getImageData(0, 0, image.width, image.height);
    return bytes.reduce((sum, byte, i) => (i % 4 === 3 ? sum : sum + byte), 0) / ((bytes.length / 4) * 3);
  }, picture);

/**
 * How light each frame is that a reader sees while a dark page is loaded again.
 * @param {boolean} isTold whether the script that sets the scheme is there
 */
async function frames(isTold) {
  const { page, context } = await open(guide, "compare/", { colorScheme: "light" });
  await page.getByLabel("Colours").selectOption("dark");
  if (!isTold) await page.route("**/theme.*.js", (route) => route.abort());
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  /** @type {string[]} */
  const pictures = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    pictures.push(data);
    void session.send("Page.screencastFrameAck", { sessionId });
  });
  // A page of this scheme is seen before, so that what is white is of the new one.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot();
  await session.send("Page.startScreencast", { format: "png", everyNthFrame: 1, maxWidth: 320 });
  await page.reload({ waitUntil: "networkidle" });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot();
  await session.send("Page.stopScreencast");
  await context.close();
  const blank = await guide.browser.newPage();
  const found = [];
  for (const picture of pictures) found.push(Math.round(await lightness(blank, picture)));
  await blank.close();
  return found;
}

test("20 every frame that is painted is dark for a reader who chose so", async (t) => {
  const told = await frames(true);
  assert.ok(told.length > 1 && told.every((light) => light < 90), `lightness of the frames: ${told}`);
  const untold = await frames(false);
  assert.ok(untold.some((light) => light > 180), `a light page would not be seen: ${untold}`);
  t.diagnostic(`lightness of the frames: ${told}; without the script: ${untold}`);
});

test("20 the control changes the scheme, and the next page has it before its body", async () => {
  const { page, context, faults } = await open(guide, "compare/", { colorScheme: "light" });
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await colour(), "rgb(255, 255, 255)");
  await page.getByLabel("Colours").selectOption("dark");
  assert.equal(await colour(), "rgb(15, 19, 25)");
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      // @ts-expect-error kept for the test
      window.schemeAtBody = document.documentElement.dataset.theme;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${guide.url}frameworks/`);
  // @ts-expect-error set above
  assert.equal(await page.evaluate(() => window.schemeAtBody), "dark");
  assert.equal(await colour(), "rgb(15, 19, 25)");
  assert.equal(await page.getByLabel("Colours").inputValue(), "dark");
  await page.getByLabel("Colours").selectOption("");
  assert.equal(await colour(), "rgb(255, 255, 255)");
  assert.deepEqual(faults, []);
  await context.close();
});

test("rows close together stay so from page to page", async () => {
  const { page, context } = await open(guide, "compare/");
  const height = () => page.evaluate(() => document.querySelector("tbody tr:nth-child(2)")?.clientHeight ?? 0);
  const wide = await height();
  await page.getByLabel("Compact rows").check();
  assert.ok((await height()) < wide);
  await page.goto(`${guide.url}frameworks/`);
  assert.ok(await page.getByLabel("Compact rows").isChecked());
  await context.close();
});

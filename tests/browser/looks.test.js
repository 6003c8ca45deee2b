// What readers get who see no colours, other colours, or want nothing to move.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { casesOf, nothing, open, rare, samples, site, visit } from "./site.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

/** @type {[string, import("playwright-core").BrowserContextOptions][]} */
const LOOKS = [
  ["dark colours", { colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
];

for (const [name, options] of LOOKS) {
  test(`17 with ${name} a word says whatever a colour says`, async () => {
    /** @type {string[]} */
    const found = [];
    /** @type {Map<string, number>} */
    const seen = new Map();
    /** @param {import("playwright-core").Page} page @param {{ path: string }} at */
    const look = async (page, { path }) => {
      const { faults, counts } = await page.evaluate(() => {
        /** @type {string[]} */
        const faults = [];
        /** @type {Record<string, number>} */
        const counts = {};
        /** Elements and what has to stand in each. @type {[string, RegExp][]} */
        const rules = [
          [".yes", /^Yes\b/],
          [".no", /^No\b/],
          [".part", /^Partly\b/],
          [".unk", /^(Unknown|Not ranked)\b/],
          [".na", /^Not applicable\b/],
          ["td.best", /\b(Best|Better)\b/],
          [".badge", /[A-Za-z]{3}/],
          [".stale", /as of \d{4}/],
          [".lead-place", /\b(First|Shared first|Close call)\b/],
          [".place .rank", /^\d+=?/],
          [".part-unknown", /Unknown/],
          [".part-na", /Not applicable/],
          [":not(td):has(> svg.bar), tr:has(svg.bar)", /\d/],
          ["tr:has(svg.dots)", /\d+(\.\d)?[^]*\d/],
          [".ticks li, .cautions li", /[A-Za-z]{3}/],
          [".alert-title", /[A-Za-z]{3}/],
        ];
        for (const [selector, rule] of rules) {
          for (const element of document.querySelectorAll(`main :is(${selector})`)) {
            if (!element.checkVisibility()) continue;
            counts[selector] = (counts[selector] ?? 0) + 1;
            const text = (element.textContent ?? "").trim();
            if (!rule.test(text)) faults.push(`${selector}: "${text.slice(0, 40)}" in ${element.outerHTML.slice(0, 160)}`);
          }
        }
        // Within a sentence, a link is told by its line.
        for (const link of document.querySelectorAll("main p a")) {
          const box = link.closest("p");
          if (!link.checkVisibility() || box?.textContent?.trim() === link.textContent?.trim()) continue;
          if (getComputedStyle(link).textDecorationLine !== "underline") faults.push(`no line under ${link.outerHTML}`);
        }
        return { faults, counts };
      });
      for (const [key, count] of Object.entries(counts)) seen.set(key, (seen.get(key) ?? 0) + count);
      found.push(...faults.map((fault) => `${path}: ${fault}`));
    };
    await visit(guide, samples(guide), options, look);
    await visit(casesOf(guide), rare(guide), options, look);
    nothing(found);
    for (const part of [".yes", ".no", ".part", ".unk", ".na", "td.best", ".badge", ".stale", ".lead-place", ".place .rank", ".part-unknown"]) {
      assert.ok(seen.has(part), `no ${part} on any page looked at; ${[...seen.keys()]}`);
    }
  });
}

test("17 without colours, what is best is framed and what is a bar is drawn", async () => {
  const { page, context } = await open(guide, "compare/", { forcedColors: "active" });
  const outline = await page.locator("td.best").first().evaluate((cell) => getComputedStyle(cell).outlineStyle);
  assert.equal(outline, "solid");
  const [goal] = samples(guide).filter(({ kind }) => kind === "goal");
  await page.goto(guide.url + goal.path);
  const [fill, back] = await page.locator(".bar .fill").first().evaluate((bar) => [getComputedStyle(bar).fill, getComputedStyle(document.body).backgroundColor]);
  assert.notEqual(fill, back);
  await context.close();
});

test("17 in shades of grey every mark can be read", async (t) => {
  const { page, context } = await open(guide, "compare/");
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" });
  const blank = await guide.browser.newPage();
  /** How far apart the lightest and the darkest dot of a picture are, and how much colour it has. @param {string} picture */
  const range = (picture) =>
    blank.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const drawing = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(image.width, image.height).getContext("2d"));
      drawing.drawImage(image, 0, 0);
      const { data: bytes } = drawing.getImageData(0, 0, image.width, image.height);
      let [least, most, colour] = [255, 0, 0];
      for (let i = 0; i < bytes.length; i += 4) {
        const dot = [...bytes.slice(i, i + 3)];
        [least, most] = [Math.min(least, ...dot), Math.max(most, ...dot)];
        colour = Math.max(colour, Math.max(...dot) - Math.min(...dot));
      }
      return { contrast: most - least, colour };
    }, picture);
  /** @type {[string, string[]][]} */
  const marks = [
    ["compare/", ["td.best .badge", ".yes", ".no", ".part", ".unk", ".na"]],
    ["best-for/mvps/", [".place .rank", ".place .badge", ".place .score", ".sum", ".part-known .bar"]],
    ["compare/django-vs-rails/", ["td.best", ".dots"]],
    ["frameworks/django/", [".badge.good", ".badge.warn"]],
  ];
  let least = 255;
  for (const [path, selectors] of marks) {
    await page.goto(guide.url + path);
    for (const selector of selectors) {
      const mark = page.locator(`main ${selector}`).filter({ visible: true }).first();
      const { contrast, colour } = await range((await mark.screenshot()).toString("base64"));
      assert.ok(colour < 8, `${path} ${selector} has colours: ${colour}`);
      assert.ok(contrast > 100, `${path} ${selector}: ${contrast} of 255`);
      least = Math.min(least, contrast);
    }
  }
  await context.close();
  await blank.close();
  t.diagnostic(`lightest and darkest are at least ${least} of 255 apart`);
});

test("19 nothing moves for readers who want it so", async () => {
  /** @type {string[]} */
  const found = [];
  await visit(guide, samples(guide), { reducedMotion: "reduce" }, async (page, { path }) => {
    const button = page.locator("main button:visible, main summary:visible").first();
    if (await button.count()) await button.click();
    await page.locator("main a:visible").first().hover();
    await page.mouse.wheel(0, 400);
    const moving = await page.evaluate(() => [
      ...document.getAnimations().map((animation) => {
        const { target } = /** @type {KeyframeEffect} */ (animation.effect);
        return `${target?.outerHTML.slice(0, 120)} is animated`;
      }),
      ...[...document.querySelectorAll("*")].flatMap((element) =>
        ["", "::before", "::after"].flatMap((part) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
          const isStill = /^(0s,? ?)+$/.test(transitionDuration) && animationName === "none" && scrollBehavior === "auto";
          return isStill ? [] : [`${element.outerHTML.slice(0, 120)}${part}: ${transitionDuration} ${animationName} ${scrollBehavior}`];
        }),
      ),
    ]);
    found.push(...moving.map((fault) => `${path}: ${fault}`));
  });
  nothing(found);
});

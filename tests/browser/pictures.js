// Takes pictures of a page of each kind in every look, for people: `node pictures.js FOLDER`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, samples, site } from "./site.js";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("name a folder for the pictures");
mkdirSync(folder, { recursive: true });

const PHONE = { viewport: { width: 320, height: 640 } };
/** @type {[string, import("playwright-core").BrowserContextOptions, string?][]} */
const LOOKS = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone-light", { colorScheme: "light", ...PHONE }],
  ["phone-dark", { colorScheme: "dark", ...PHONE }],
  ["forced", { forcedColors: "active" }],
  ["grey", {}, "html { filter: grayscale(1) }"],
  ["large", {}, "html { font-size: 200% }"],
  ["spaced", {}, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"],
];

const guide = await site();
for (const { kind, path } of samples(guide)) {
  for (const [look, options, style] of LOOKS) {
    const { page, context } = await open(guide, path, { ...options, bypassCSP: true });
    if (style) await page.addStyleTag({ content: style });
    await page.screenshot({ path: join(folder, `${kind}-${look}.png`), fullPage: true });
    await context.close();
  }
}
await guide.close();

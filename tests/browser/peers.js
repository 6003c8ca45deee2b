// What previews do when somebody else asks, and when a site goes wrong, side by side; run by hand:
// `node peers.js [NAME…]`. What was seen is a table of `../README.md`.
//
// Each starts with a small site of its own. Where one dies, it is started anew for the next row.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PREVIEWS, start } from "./previews.js";

/** How long a preview has to notice a change, in ms. */
const NOTICE = 3000;
const pause = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));

/** What stands in a file that nobody may see. */
const SECRET = "a secret of this machine";

/**
 * Where things are on a site.
 * @typedef {object} Place
 * @property {string} preview the one of PREVIEWS
 * @property {string} page one that stays
 * @property {string} words of it
 * @property {[string, string][]} links where a link to a file elsewhere is placed, and the address it would have
 * @property {[string, string]} doomed a source that is deleted, and the address of its page
 * @property {string} odd where a file with an odd name is added
 * @property {Record<string, [string, (text: string) => string]>} breaks ways to break the sources
 * @property {[string, (text: string) => string]} bait puts markup into what an error quotes
 */

const BAIT = "<img src=x onerror=alarm()>";

/** @type {Record<string, Place>} */
const PLACES = {
  fieldguide: {
    preview: "guide",
    page: "frameworks/django/",
    words: "Django",
    links: [
      ["content/assets/link.txt", "assets/link.txt"],
      ["public/link.txt", "link.txt"],
    ],
    doomed: ["content/pages/doomed.md", "doomed/"],
    odd: "content/assets",
    breaks: {
      "a template": ["themes/default/templates/base.html", () => "{% if %}"],
      "a page": ["content/frameworks/rails.toml", () => "name = \n"],
      "the configuration": ["book.toml", () => "[book\n"],
    },
    bait: ["content/frameworks/rails.toml", (text) => text.replace(/^name = .*$/m, `name = 1\n"${BAIT}" = '${BAIT}'`)],
  },
  zola: {
    preview: "zola-200",
    page: "page-7/",
    words: "Page 7",
    links: [
      ["static/link.txt", "link.txt"],
      ["content/link.txt", "link.txt"],
      ["public/link2.txt", "link2.txt"],
    ],
    doomed: ["content/doomed.md", "doomed/"],
    odd: "content",
    breaks: {
      "a template": ["templates/page.html", () => "{% if %}"],
      "a page": ["content/page-8.md", () => "+++\ntitle = \n+++\n"],
      "the configuration": ["config.toml", () => "base_url = \n"],
    },
    bait: ["content/page-8.md", (text) => text.replace("+++\n", `+++\ndate = "${BAIT}"\n`)],
  },
  mdbook: {
    preview: "mdbook-200",
    page: "page-7.html",
    words: "Page 7",
    links: [
      ["src/link.txt", "link.txt"],
      ["book/link2.txt", "link2.txt"],
    ],
    doomed: ["src/doomed.md", "doomed.html"],
    odd: "src",
    breaks: {
      "a template": ["theme/index.hbs", () => "{{#if}}"],
      "a page": ["src/SUMMARY.md", () => "- [x](\n# y\n- [\n"],
      "the configuration": ["book.toml", () => "[book\n"],
    },
    bait: ["src/SUMMARY.md", (text) => `${text}\n${BAIT}\n- [${BAIT}](${BAIT}\n`],
  },
};

/** Sends a request as it is spelt, and reads the answer. @param {URL} base @param {string} target @param {string} [lines] @returns {Promise<string>} */
const raw = (base, target, lines = `Host: ${base.host}\r\n`) =>
  new Promise((done) => {
    const socket = connect(Number(base.port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1");
    socket.setTimeout(NOTICE, () => socket.destroy());
    socket.on("data", (text) => (answer += text));
    socket.on("error", () => {});
    socket.on("close", () => done(answer));
    socket.write(`GET ${target} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
  });
/** @param {string} answer */
const status = (answer) => /^HTTP\S+ (\d+)/.exec(answer)?.[1] ?? "no answer";

/** A site with its preview. */
class Site {
  /** @param {Place} place */
  constructor(place) {
    this.place = place;
    this.root = mkdtempSync(join(tmpdir(), "fieldguide-peers-"));
    PREVIEWS[place.preview].write(this.root);
  }

  async start() {
    const { server, base } = await start(PREVIEWS[this.place.preview].command, this.root, "ignore");
    this.server = server;
    this.base = new URL(base);
    await pause(NOTICE);
    return this.base;
  }

  /** @param {string} path */
  async get(path) {
    try {
      const answer = await fetch(new URL(path, this.base));
      return { status: String(answer.status), text: await answer.text() };
    } catch {
      return { status: "no answer", text: "" };
    }
  }

  isAlive() {
    return this.server?.exitCode === null && this.server.signalCode === null;
  }

  async end() {
    this.server?.kill();
    await pause(300);
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Changes a file as editors do. @param {string} path @param {(text: string) => string} change */
  edit(path, change) {
    const full = join(this.root, path);
    mkdirSync(join(full, ".."), { recursive: true });
    const old = existsSync(full) ? readFileSync(full, "utf8") : "";
    writeFileSync(`${full}~`, change(old));
    renameSync(`${full}~`, full);
  }
}

/** What is looked at: each starts with a site of its own. @type {Record<string, (site: Site) => Promise<string>>} */
const ROWS = {
  "listens at": async (site) => {
    const { port } = await site.start();
    const lines = execFileSync("ss", ["-Hltn", `sport = :${port}`], { encoding: "utf8" }).trim().split("\n");
    return lines.map((line) => line.split(/\s+/)[3]).join(", ");
  },
  "`Host: evil.test`": async (site) => status(await raw(await site.start(), "/", "Host: evil.test\r\n")),
  "`GET /../../../../etc/passwd`, in 8 spellings": async (site) => {
    const base = await site.start();
    const all = [];
    for (const up of ["..", "%2e%2e", "..%2f..", "..%5c..", ".%2e", "%252e%252e", "..\\..", "....//.."]) {
      for (const start of [base.pathname, "/"]) {
        const answer = await raw(base, `${start}${`${up}/`.repeat(9)}etc/passwd`);
        all.push(answer.includes("root:") ? "the file" : status(answer));
      }
    }
    return [...new Set(all)].sort().join(", ");
  },
  "a link to a file elsewhere, placed in a folder of sources or of output": async (site) => {
    const secret = join(mkdtempSync(join(tmpdir(), "fieldguide-secret-")), "secret.txt");
    writeFileSync(secret, SECRET);
    // The folder of sources is there from the start; it is not watched otherwise.
    mkdirSync(join(site.root, site.place.links[0][0], ".."), { recursive: true });
    await site.start();
    const all = [];
    for (const [path, address] of site.place.links) {
      mkdirSync(join(site.root, path, ".."), { recursive: true });
      symlinkSync(secret, join(site.root, path));
      await pause(NOTICE);
      const { status, text } = await site.get(address);
      all.push(`${path}: ${status}${text.includes(SECRET) ? ", **the file elsewhere**" : ""}`);
      rmSync(join(site.root, path), { force: true });
      await pause(NOTICE);
    }
    rmSync(join(secret, ".."), { recursive: true });
    return all.join("; ");
  },
  "a source is deleted": async (site) => {
    const [path, address] = site.place.doomed;
    const isListed = site.place === PLACES.mdbook;
    const list = "- [Doomed](doomed.md)\n";
    site.edit(path, () => (isListed ? "# Doomed\n" : '+++\ntitle = "Doomed"\n+++\n\nWords.\n'));
    if (isListed) site.edit("src/SUMMARY.md", (text) => text + list);
    await site.start();
    const before = (await site.get(address)).status;
    rmSync(join(site.root, path));
    if (isListed) site.edit("src/SUMMARY.md", (text) => text.replace(list, ""));
    await pause(NOTICE);
    return `${before}, then ${(await site.get(address)).status}`;
  },
  "a file with a name that is no UTF-8 is added": async (site) => {
    await site.start();
    const name = Buffer.concat([Buffer.from(`${join(site.root, site.place.odd)}/a.`), Buffer.from([0xff])]);
    mkdirSync(join(site.root, site.place.odd), { recursive: true });
    writeFileSync(name, "x");
    await pause(NOTICE);
    return site.isAlive() ? `lives, pages ${(await site.get(site.place.page)).status}` : "**the server is dead**";
  },
  "sources are broken": async (site) => {
    const all = [];
    for (const [what, [path, change]] of Object.entries(site.place.breaks)) {
      const other = new Site(site.place);
      try {
        await other.start();
        other.edit(path, change);
        await pause(NOTICE);
        const { status, text } = await other.get(other.place.page);
        const shown = text.includes(other.place.words) ? "the old page" : "no page";
        all.push(`${what}: ${other.isAlive() ? `${status}, ${shown}` : "**the server is dead**"}`);
      } finally {
        await other.end();
      }
    }
    return all.join("; ");
  },
  "markup in what an error quotes": async (site) => {
    await site.start();
    const [path, change] = site.place.bait;
    site.edit(path, change);
    await pause(NOTICE);
    const { status, text } = await site.get(site.place.page);
    const isQuoted = text.includes("onerror=alarm()");
    return `${status}, ${text.includes(BAIT) ? "**markup**" : isQuoted ? "text" : "not on pages"}`;
  },
};

const names = process.argv.slice(2);
for (const [row, look] of Object.entries(ROWS)) {
  for (const [name, place] of Object.entries(PLACES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const site = new Site(place);
    try {
      console.log(`${row} | ${name} | ${await look(site)}`);
    } catch (error) {
      console.log(`${row} | ${name} | failed: ${error}`);
    } finally {
      await site.end();
    }
  }
}

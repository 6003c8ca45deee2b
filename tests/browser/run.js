// Runs the tests over one build of the guide, served once: `node run.js [options and files of node --test]`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { serve } from "./served.js";

/** Files that measure times, and have the machine for themselves. */
const TIMED = ["choose.test.js", "large.test.js", "lighthouse.test.js", "scheme.test.js", "search.test.js", "speed.test.js"];

const given = process.argv.slice(2);
const all = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".test.js"));

const { stop, ...served } = await serve();
process.on("exit", stop);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** Runs files, so many at a time. @param {string[]} files @param {number} count */
async function run(files, count) {
  const options = ["--test", "--test-reporter=spec", "--test-timeout=600000", `--test-concurrency=${count}`, ...given, ...files];
  const env = { ...process.env, SERVED: JSON.stringify(served) };
  const tests = spawn(process.execPath, options, { cwd: import.meta.dirname, env, stdio: "inherit" });
  const [code] = await once(tests, "exit");
  return code === 0;
}

const isChosen = given.some((word) => word.endsWith(".test.js"));
const parts = isChosen
  ? [await run([], 1)]
  : [await run(all.filter((file) => !TIMED.includes(file)), 3), await run(TIMED, 1)];
process.exit(parts.every(Boolean) ? 0 : 1);

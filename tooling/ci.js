// @ts-check
// Runs the checks of `.ci/run` in a fresh clone. First the README's two commands, as a person types them, with the embedded
// PostgreSQL. Then the further checks of this file, and once more, on the PostgreSQL of this machine, the tests of SQL
// that may differ by version. Every step runs even if an earlier one failed; the last lines name and count the
// failures. Plain JavaScript, because the Node of this machine may be too old for TypeScript.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(path.join(tmpdir(), "ringfence-ci-"));
const tallyFile = path.join(folder, "tally");
/** @type {Record<string, string | undefined>} */
const env = {
  ...process.env,
  RINGFENCE_TALLY: tallyFile,
  NODE_COMPILE_CACHE: path.join(root, "node_modules/.cache/node"),
};
const node = path.join(root, "node_modules/node/bin/node");

/** Runs a command whose output is shown as it comes. @param {string[]} command */
async function show(...command) {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const status = await new Promise((resolve) => {
    child.once("error", resolve);
    child.once("close", resolve);
  });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
}

/**
 * Runs `npm start` until everything answers, kills the API, which must come back, and presses Ctrl-C, after which no
 * process may be left.
 */
async function startAndStop() {
  const child = spawn("npm", ["start"], { cwd: root, stdio: "inherit", detached: true });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const demo = await waitForDemo(600, () => child.exitCode !== null || child.signalCode !== null);
  if (demo === null) throw new Error("npm start ended, or was not ready in ten minutes");

  for (const url of [demo.web, `${demo.api}/healthz`, `${demo.api}/readyz`]) {
    const { status } = await fetch(url);
    if (status !== 200) throw new Error(`${url} answered ${status}`);
  }
  await killApi(demo.api);
  process.kill(-(child.pid ?? 0), "SIGINT");
  const stopped = await Promise.race([exited.then(() => true), wait(30_000, false)]);
  const left = findOurProcesses();
  if (!stopped || left.length > 0)
    throw new Error(`after Ctrl-C these are left:\n${formatProcesses(left)}`);
}

/** Kills the API, which must answer again while nothing else changes. @param {string} url */
async function killApi(url) {
  const before = findOurProcesses();
  const api = before.find(({ command }) => command.includes("/apps/api/src/main.ts"));
  if (api === undefined) throw new Error("the API was not found among the processes");
  process.kill(api.pid, "SIGKILL");
  for (let second = 0; (await fetchStatus(`${url}/readyz`)) !== 200; second++) {
    if (second > 60) throw new Error("the API did not answer within a minute after it was killed");
    await wait(1000);
  }
  const others = before.filter(({ command }) =>
    /\/worker\/src\/main|\/server\.js|\/postgres -D/.test(command),
  );
  const gone = others.filter(({ pid }) => !existsSync(`/proc/${pid}`));
  if (gone.length > 0) throw new Error(`with the API these ended:\n${formatProcesses(gone)}`);
}

/** @param {string} url */
const fetchStatus = (url) =>
  fetch(url).then(
    ({ status }) => status,
    () => null,
  );

/**
 * Waits for the file that describes the demo; null if it does not come.
 * @param {number} patienceSeconds @param {() => boolean} hasEnded
 * @returns {Promise<{ web: string, api: string } | null>}
 */
async function waitForDemo(patienceSeconds, hasEnded) {
  const file = path.join(root, ".ringfence/demo.json");
  for (let second = 0; second < patienceSeconds && !hasEnded(); second++) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
    await wait(1000);
  }
  return null;
}

/** Lists the processes that run something of this folder, except our own. */
function findOurProcesses() {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids
    .map((pid) => {
      const file = `/proc/${pid}/cmdline`;
      const command = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "";
      return { pid: Number(pid), command };
    })
    .filter(({ command }) => /\/(node_modules|\.ringfence|apps)\//.test(command))
    .filter(({ command }) => command.includes(`${root}/`));
}

/** @param {{ command: string }[]} processes */
const formatProcesses = (processes) => processes.map(({ command }) => command).join("\n");

let passed = 0;
/** @type {string[]} */
const failed = [];
/** @type {string[]} */
const lines = [];

/**
 * Runs steps one after another. Each one counts, even if those before it failed.
 * @param {[string, () => unknown][]} steps
 */
async function runSteps(steps) {
  for (const [name, step] of steps) {
    const begun = performance.now();
    const fault = await Promise.resolve()
      .then(step)
      .then(
        () => null,
        (error) => error,
      );
    if (fault === null) passed++;
    const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
    lines.push(`${seconds} s  ${fault === null ? "ok    " : "FAILED"} ${name}`);
    console.log(lines.at(-1));
    if (fault !== null) failed.push(`${name}: ${fault.message}`);
  }
}

// One after another: side by side they would share two cores, and what waits for a clock would fail.
await runSteps([["npm start, Ctrl-C", startAndStop]]);
// The steps below use the build.
if (failed.length === 0) env["RINGFENCE_BUILT"] = "yes";
await runSteps([
  ["npm test", () => show("npm", "test")],
  ["the other browser stories", () => show(node, "tooling/test.ts", "other-stories")],
  ["pnpm lint", () => show(node, "tooling/check.ts")],
  ["pnpm licenses:check", () => show(node, "tooling/licenses.ts")],
  ["pnpm audit:packages", () => show(node, "tooling/audit.ts")],
  ["SQL and SIP on this machine's PostgreSQL", () => show(node, "tooling/test-on-own.ts")],
  ["a certificate of the demo, without it", () => show(node, "tooling/verify-certificate.ts")],
  ["the ledger, by programs of others", () => show(node, "tooling/verify-ledger.ts")],
  ["an evidence pack, by programs of others", () => show(node, "tooling/verify-pack.ts")],
  ["a PKCS#11 token that signs the ledger", () => show(node, "tooling/verify-token.ts")],
  ["a crash test of the ledger", () => show(node, "tooling/crash-ledger.ts", "--seconds", "30")],
  [
    "pnpm test:consistency",
    () => show(node, "consistency/main.ts", "--seconds", "12", "--plant-seed", "1"),
  ],
  [
    "pnpm test:consistency --cluster",
    () => show(node, "consistency/main.ts", "--cluster", "--seed", "1", "--failovers", "2"),
  ],
]);
const tallies = existsSync(tallyFile) ? readFileSync(tallyFile, "utf8").trim().split("\n") : [];
for (const line of tallies) {
  const tally = JSON.parse(line);
  passed += tally.passed;
  failed.push(...tally.failed);
}
rmSync(folder, { recursive: true });
lines.push(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  in all`);
console.log([...lines, ...failed.map((name) => `FAILED ${name}`)].join("\n"));
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

// `npm test`: runs unit, integration and chromium tests, and the main browser story of each persona. With arguments,
// runs only the named kinds of tests. Three kinds run only if named: other-stories (in the browser), e2e (all stories),
// and sip, which needs Kamailio and sipp. A folder or file name limits vitest to files whose path contains it. All
// kinds run even if one fails. The last line says how many passed and failed, and the lines before it name the
// failures.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { openPackageManager } from "./package-manager.js";
import {
  findChromium,
  noChromium,
} from "../packages/services/src/consents/form-check/find-chromium.ts";
import {
  formatTally,
  addRunnerFault,
  report,
  sum,
  type Tally,
  tallyPlaywright,
  tallyVitest,
} from "./tally.ts";

const root = path.resolve(import.meta.dirname, "..");
const reports = mkdtempSync(path.join(tmpdir(), "ringfence-reports-"));
/** Arguments with which Playwright selects the browser stories of a kind. */
const storyKinds: Readonly<Record<string, readonly string[]>> = {
  personas: ["--grep", "@persona", "--no-deps"],
  "other-stories": ["--grep-invert", "@persona"],
  e2e: [],
};
const everyKind = new Set(["unit", "integration", "chromium", "sip", ...Object.keys(storyKinds)]);
const args = process.argv.slice(2);
const named = args.filter((arg) => everyKind.has(arg));
const parts = args.filter((arg) => !everyKind.has(arg));
const kinds = named.length > 0 ? named : ["unit", "integration", "chromium", "personas"];
const vitestKinds = kinds.filter((kind) => !(kind in storyKinds));
const namedStories = kinds.filter((kind) => kind in storyKinds);
const chosenStories = findChromium(process.env) === null ? [] : namedStories;
if (chosenStories.length < namedStories.length) console.warn(noChromium);

const env = {
  ...process.env,
  // Tests start hundreds of programs, and each would compile the same modules again.
  NODE_COMPILE_CACHE: path.join(root, "node_modules/.cache/node"),
  NEXT_TELEMETRY_DISABLED: "1",
  TURBO_TELEMETRY_DISABLED: "1",
};

const describeTime = (since = 0) => {
  const seconds = Math.round((performance.now() - since) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const say = (text: string) => console.log(`[${describeTime()}] ${text}`);

// Ctrl-C reaches the runners too: they stop what they started, and only then does this process end.
process.on("SIGINT", () => say("stopping"));

/** Runs a command, prints its lines after its name, and returns its exit code. */
async function run(
  name: string,
  [command = "", ...args]: readonly string[],
  more: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...env, ...more },
    stdio: ["inherit", "pipe", "pipe"],
  });
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => console.log(`${name.padEnd(6)} | ${line}`));
  }
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Report of a step without tests. */
const nothing: Tally = { passed: 0, failed: [] };

/** Runs a step, and says when it begins and how it ended. */
async function step(what: string, work: () => Promise<Tally>): Promise<Tally> {
  say(`${what}: begins`);
  const begun = performance.now();
  const tally = await work();
  const result = tally === nothing ? "done" : formatTally(tally);
  say(`${what}: ${result}, in ${describeTime(begun)}`);
  return tally;
}

const program = (file: string) => [process.execPath, path.join(root, "node_modules", file)];

const vitest = () =>
  step(vitestKinds.join(", "), async () => {
    const file = path.join(reports, "vitest.json");
    const projects = vitestKinds.map((kind) => `--project=${kind === "unit" ? "unit*" : kind}`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const command = [...program("vitest/vitest.mjs"), "run", ...projects, ...reporters, ...parts];
    const code = await run("vitest", command);
    return addRunnerFault("vitest", readTally(file, tallyVitest), code);
  });

const playwright = (kind: string) =>
  step(kind, async () => {
    const file = path.join(reports, `${kind}.json`);
    const select = storyKinds[kind] ?? [];
    const command = [
      ...program("@playwright/test/cli.js"),
      "test",
      "--reporter=list,json",
      ...select,
    ];
    const more = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, RINGFENCE_BUILT: "yes" };
    const code = await run("e2e", command, more);
    return addRunnerFault("playwright", readTally(file, tallyPlaywright), code);
  });

/** Reads a runner's report; empty if the runner broke down before writing one. */
const readTally = (file: string, tallyIn: (report: string) => Tally): Tally =>
  existsSync(file) ? tallyIn(readFileSync(file, "utf8")) : nothing;

const tasks = chosenStories.length > 0 ? ["generate", "build"] : ["generate"];
/** Builds once for all that follows, unless somebody has done so and says it by RINGFENCE_BUILT. */
const buildTally = process.env.RINGFENCE_BUILT
  ? nothing
  : await step(tasks.join(" and "), async () => {
      const pnpm = openPackageManager(root);
      const turbo = [process.execPath, pnpm.script, "exec", "turbo", "run", ...tasks];
      const code = await run("make", [...turbo, "--output-logs=errors-only"], {
        PATH: `${pnpm.bin}:${process.env.PATH}`,
      });
      return addRunnerFault(tasks.join(" and "), nothing, code);
    });
const tallies = vitestKinds.length > 0 ? [await vitest()] : [];
for (const kind of chosenStories) tallies.push(await playwright(kind));
rmSync(reports, { recursive: true });
say("everything has run");
report(sum([buildTally, ...tallies]));

// `npm test`: runs every test that needs only npm, or the named kinds: unit, integration, chromium,
// e2e, and sip, which needs Kamailio and sipp. All kinds run even if one fails. The last line says
// how many passed and failed, and the lines before it name the failures.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { judged, report, sum, type Tally, tallyPlaywright, tallyVitest } from "./tally.ts";

const root = path.resolve(import.meta.dirname, "..");
const reports = mkdtempSync(path.join(tmpdir(), "ringfence-reports-"));
const named = process.argv.slice(2);
const kinds = named.length > 0 ? named : ["unit", "integration", "chromium", "e2e"];

/** Runs a command and returns its exit code. */
function run(command: string, args: readonly string[], env: Record<string, string> = {}): number {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  return status ?? 1;
}

const node = (file: string, args: readonly string[], env?: Record<string, string>) =>
  run(process.execPath, [path.join(root, "node_modules", file), ...args], env);

function runVitest(): Tally {
  const file = path.join(reports, "vitest.json");
  const projects = kinds.filter((kind) => kind !== "e2e").map((kind) => `--project=${kind}`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = node("vitest/vitest.mjs", ["run", ...projects, ...reporters]);
  return judged("vitest", readTally(file, tallyVitest), code);
}

function runPlaywright(): Tally {
  const file = path.join(reports, "playwright.json");
  const args = ["test", "--pass-with-no-tests", "--reporter=list,json"];
  const code = node("@playwright/test/cli.js", args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return judged("playwright", readTally(file, tallyPlaywright), code);
}

const nothing: Tally = { passed: 0, failed: [] };

/** Reads a runner's report; empty if the runner broke down before writing one. */
const readTally = (file: string, tallyIn: (report: string) => Tally): Tally =>
  existsSync(file) ? tallyIn(readFileSync(file, "utf8")) : nothing;

const tallies = [
  judged("pnpm generate", nothing, run("npx", ["--yes", "pnpm@10.34.9", "generate"])),
  ...(kinds.some((kind) => kind !== "e2e") ? [runVitest()] : []),
  ...(kinds.includes("e2e") ? [runPlaywright()] : []),
];
rmSync(reports, { recursive: true });
report(sum(tallies));

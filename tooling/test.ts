// `npm test`: every test that npm alone can run, or the kinds that are named: unit, integration, chromium,
// e2e, and sip, for which Kamailio and sipp have to be there. All kinds run even if one fails. The last line
// says how many passed and failed.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inWords, judged, sum, type Tally, tallyOfPlaywright, tallyOfVitest } from "./tally.ts";

const root = path.resolve(import.meta.dirname, "..");
const reports = mkdtempSync(path.join(tmpdir(), "ringfence-reports-"));
const named = process.argv.slice(2);
const kinds = named.length > 0 ? named : ["unit", "integration", "chromium", "e2e"];

/** The exit code. */
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
  return judged(tallyOf(file, tallyOfVitest), code);
}

function runPlaywright(): Tally {
  const file = path.join(reports, "playwright.json");
  const args = ["test", "--pass-with-no-tests", "--reporter=list,json"];
  const code = node("@playwright/test/cli.js", args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return judged(tallyOf(file, tallyOfPlaywright), code);
}

/** A runner that breaks down may write none. */
const tallyOf = (file: string, tallyIn: (report: string) => Tally): Tally =>
  existsSync(file) ? tallyIn(readFileSync(file, "utf8")) : { passed: 0, failed: 0 };

const tallies = [
  judged({ passed: 0, failed: 0 }, run("npx", ["--yes", "pnpm@10.34.9", "generate"])),
  ...(kinds.some((kind) => kind !== "e2e") ? [runVitest()] : []),
  ...(kinds.includes("e2e") ? [runPlaywright()] : []),
];
rmSync(reports, { recursive: true });
const tally = sum(tallies);
// For whoever runs several of these and sums them up.
const { RINGFENCE_TALLY } = process.env;
if (RINGFENCE_TALLY) appendFileSync(RINGFENCE_TALLY, `${JSON.stringify(tally)}\n`);
console.log(inWords(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;

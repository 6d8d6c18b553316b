// `pnpm drill:restore [--refusals 300]`: acknowledges opt-outs on a PostgreSQL of this machine's own packages that archives
// its log, backs up meanwhile, kills everything, and restores: with all of the log, and with an archive that lacks the
// end. Prints how long each step took, what was lost, and what the start said about it. Needs nothing else running.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { findOwnPostgres } from "./drill/archived-server.ts";
import { runRestoreDrill } from "./drill/restore-drill.ts";

const { values } = parseArgs({ options: { refusals: { type: "string", default: "300" } } });
const refusals = Number(values.refusals);
const bin = findOwnPostgres();
if (bin === undefined || !Number.isInteger(refusals) || refusals < 40 || refusals > 2_900) {
  console.error(
    bin === undefined
      ? "This machine has no PostgreSQL of its own: apt-get install postgresql."
      : "--refusals is a number from 40 to 2900.",
  );
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-drill-"));
const before = Math.floor(refusals / 2);
const lastOnes = 15;
const { acknowledged, copyDelay, backUpSeconds, whole, cut } = await runRestoreDrill({
  bin,
  folder,
  counts: [before, refusals - before - lastOnes, lastOnes],
});
const isNamed = (text: string) => cut.lost.every((id) => text.includes(id));
const isOptedOut = (reasons: readonly unknown[]) => reasons.includes("opted-out");
const seconds = (value: number) => `${value.toFixed(1)} s`;
console.log(`${acknowledged} opt-outs acknowledged, the last in the copy after ${seconds(copyDelay)}
backup with opt-outs meanwhile: ${seconds(backUpSeconds)}
restored with all of the log: ${seconds(whole.restoreSeconds)}, ${whole.lost} lost
  audit: ${seconds(whole.audit.seconds)}, ${whole.audit.says}
restored without the end: ${seconds(cut.restoreSeconds)}, ${cut.lost.length} lost
  named by the worker: ${isNamed(cut.refusals.worker) ? "all" : "NOT ALL"}, by the API: ${isNamed(cut.refusals.api) ? "all" : "NOT ALL"}
  recorded again in ${seconds(cut.recovered.seconds)}, then ${cut.reasons.filter(isOptedOut).length} of ${cut.reasons.length} calls refused because of it`);
rmSync(folder, { recursive: true });
const isGood =
  whole.lost === 0 &&
  cut.lost.length === lastOnes &&
  isNamed(cut.refusals.worker) &&
  isNamed(cut.refusals.api) &&
  cut.reasons.every(isOptedOut);
process.exit(isGood ? 0 : 1);

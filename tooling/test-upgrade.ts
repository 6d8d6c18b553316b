// `pnpm test:upgrade [--from COMMIT] [--seconds 10] [--seed 1] [--plant drop-column]`: upgrades an installation of an older
// version while clients screen, refuse, consent and scrub, with both versions at once on one database. Prints what failed,
// and how much of the work each version did. With --plant, the migration breaks the older version, and that has to be
// found. The older version is installed below .ringfence/upgrade, once. Needs nothing else running.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { prepareOlderVersion } from "./upgrade/older-version.ts";
import { runUpgrade } from "./upgrade/run-upgrade.ts";

/** Statements that a migration may not contain, because the older version needs what they remove. */
const plants: Readonly<Record<string, string>> = {
  "drop-column": "ALTER TABLE opt_out DROP COLUMN channel CASCADE",
};

const { values } = parseArgs({
  options: {
    // The last commit before the ledger's copy on another disk.
    from: { type: "string", default: "55433ad00" },
    seconds: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    plant: { type: "string" },
  },
});
const plant = values.plant === undefined ? undefined : plants[values.plant];
if (values.plant !== undefined && plant === undefined) {
  console.error(`--plant is one of: ${Object.keys(plants).join(", ")}.`);
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const older = prepareOlderVersion(values.from);
const folder = mkdtempSync(path.join(tmpdir(), "ringfence-upgrade-"));
const report = await runUpgrade({
  older,
  folder,
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  plant,
  report: console.log,
});
rmSync(folder, { recursive: true });

const { answered, refusals, retried, scrubsOfOther, verdicts, failures, breaches, faults } = report;
console.log(`${report.secondsTogether.toFixed(0)} s with both versions at once
requests answered: ${answered.old} by the older version, ${answered.new} by the newer one
requests that an API which was being stopped did not answer, and another one did: ${JSON.stringify(retried)}
refusals acknowledged: ${refusals.old} and ${refusals.new}; ${report.repeated} sent again to the other version
consents: ${report.consents}; verdicts: ${JSON.stringify(verdicts)}, of which ${report.allowed} allowed
scrubs: ${report.scrubs}, of which the other version's workers did ${scrubsOfOther.old} and ${scrubsOfOther.new}
failed requests: ${failures.length}, breaches: ${breaches.length}, faults afterwards: ${faults.length}`);
const found = [...failures, ...breaches, ...faults];
for (const one of found.slice(0, 10)) console.log("  ", JSON.stringify(one).slice(0, 400));

if (plant !== undefined) {
  const isCaught = failures.some(
    ({ version, fault }) => version === "old" && fault.startsWith("500"),
  );
  console.log(isCaught ? "caught: the older version failed" : "NOT CAUGHT");
  process.exit(isCaught ? 0 : 1);
}
const wasTested =
  report.allowed > 0 && report.repeated > 0 && scrubsOfOther.old > 0 && scrubsOfOther.new > 0;
if (!wasTested) console.log("not tested: too little happened; give it more --seconds");
process.exit(found.length === 0 && wasTested ? 0 : 1);

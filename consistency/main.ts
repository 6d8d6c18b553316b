// pnpm test:consistency [--seconds 60] [--seed 1 --seed 2] [--plant cache-of-opt-outs]
// A run with a planted bug takes half as long; --plant-seed sets the seeds of such runs.
// pnpm test:consistency --cluster [--seed 1] [--failovers 10] [--plant asynchronous]
// On several hosts (`cluster`), whose primary is lost this many times. Needs root and packages of Debian.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { testCluster } from "./test-cluster.ts";
import { runSeed, type SeedReport } from "./run-seed.ts";

const plants = ["cache-of-opt-outs", "clock-of-the-host", "replayed-answer"];

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", multiple: true, default: ["1", "2", "3"] },
    "plant-seed": { type: "string", multiple: true },
    plant: { type: "string", multiple: true, default: plants },
    "no-plants": { type: "boolean", default: false },
    cluster: { type: "boolean", default: false },
    failovers: { type: "string", default: "10" },
  },
});
if (values.cluster) {
  const isFaultless = await testCluster({
    seeds: values.seed.map(Number),
    count: Number(values.failovers),
    isSynchronous: !values.plant.includes("asynchronous"),
  });
  process.exit(isFaultless ? 0 : 1);
}
if (spawnSync("faketime", ["-f", "+1s", "true"]).status !== 0) {
  console.error("Clocks that disagree need Debian's package faketime: apt-get install faketime");
  process.exit(2);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-consistency-"));
const formatReport = (name: string, { breaches, verdicts, ...counts }: SeedReport) =>
  `${name}: ${breaches.length} breaches, ${counts.answered} requests answered, ${counts.optOuts} refusals acknowledged, verdicts ${JSON.stringify(verdicts)} of which ${counts.allowed} allowed, ${counts.kills} kills, ${counts.outages} outages`;

const seconds = Number(values.seconds);
/** With this many opt-outs, no planted bug has ever stayed hidden. */
const minOptOuts = 40;
let faults = 0;
for (const seed of values.seed.map(Number)) {
  const report = await runSeed({ seed, seconds, folder });
  console.log(formatReport(`seed ${seed}`, report));
  for (const breach of report.breaches.slice(0, 5)) console.log("  ", JSON.stringify(breach));
  if (report.breaches.length > 0 || report.allowed === 0) faults++;
}
for (const plant of values["no-plants"] ? [] : values.plant) {
  for (const seed of (values["plant-seed"] ?? values.seed).map(Number)) {
    const apiMain = `consistency/plants/${plant}.ts`;
    const report = await runSeed({
      seed,
      seconds: seconds / 2,
      folder,
      apiMain,
      minOptOuts,
    });
    const isCaught = report.breaches.some(({ kind }) => kind === "allowed-after-refusal");
    console.log(
      `${isCaught ? "caught" : "NOT CAUGHT"}: ${formatReport(`${plant}, seed ${seed}`, report)}`,
    );
    if (!isCaught) faults++;
  }
}
rmSync(folder, { recursive: true });
process.exit(faults === 0 ? 0 : 1);

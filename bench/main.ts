// pnpm bench <name> [--json] [--scale 0.1] [--rounds 5] [--against FOLDER]
import path from "node:path";
import { parseArgs } from "node:util";
import type { Report } from "./bench.ts";
import { fairnessBench } from "./fairness/fairness.ts";
import { floodBench } from "./flood/flood.ts";
import { ledgerBench } from "./ledger.ts";
import { keysBench } from "./keys/keys.ts";
import { reachBench } from "./reach.ts";
import { growthBench } from "./segments/growth.ts";
import { segmentsBench } from "./segments/segments.ts";
import { policiesBench } from "./policies.ts";
import { refusalBench } from "./refusal.ts";
import { screeningBench } from "./screening.ts";
import { scrubBench } from "./scrub.ts";
import { scrubProofBench } from "./scrub-proof/scrub-proof.ts";
import { syncBench } from "./sync/sync.ts";
import { lookupBench } from "./lookup/lookup.ts";
import { waterfallBench } from "./segments/waterfall.ts";
import { webBench } from "./web/web.ts";

const benches = [
  screeningBench,
  policiesBench,
  refusalBench,
  scrubBench,
  scrubProofBench,
  ledgerBench,
  reachBench,
  syncBench,
  lookupBench,
  segmentsBench,
  growthBench,
  waterfallBench,
  floodBench,
  fairnessBench,
  webBench,
  keysBench,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    scale: { type: "string", default: "1" },
    rounds: { type: "string", default: "5" },
    against: { type: "string" },
  },
});
const bench = benches.find(({ name }) => name === positionals[0]);
if (bench === undefined) {
  console.error(`Name a benchmark: ${benches.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const say = (text: string) => console.error(text);
const report = await bench.run({
  scale: Number(values.scale),
  rounds: Number(values.rounds),
  folder: path.resolve(import.meta.dirname, "../.ringfence/bench"),
  against: values.against,
  say,
});
console.log(values.json ? JSON.stringify(report) : formatTable(report));
process.exit(report.ratios.every(({ ok }) => ok) ? 0 : 1);

function formatTable({ bench, data, ratios, notes }: Report): string {
  const lines = ratios.map(
    ({ name, value, target, ok }) =>
      `  ${ok ? "met   " : "missed"} ${value} (target ${target})  ${name}`,
  );
  return [`${bench}: ${data}`, ...lines, ...notes.map((note) => `  · ${note}`)].join("\n");
}

import { checkMachine } from "../cluster/check-machine.ts";
import { removeHosts } from "../cluster/start-cluster.ts";
import { type HostReport, runSeedOnHosts } from "./run-seed-on-hosts.ts";

const folder = "/var/tmp/ringfence-consistency-cluster";

type Options = { seeds: readonly number[]; count: number; isSynchronous: boolean };

/** Runs each seed on a cluster of its own, and prints what was found. With asynchronous replication, a loss must be. */
export async function testCluster({ seeds, count, isSynchronous }: Options): Promise<boolean> {
  checkMachine();
  process.once("exit", () => removeHosts(folder));
  console.log(`Logs of the hosts: ${folder}/*.log, until the next run.`);
  let isFaultless = true;
  for (const seed of seeds) {
    const startedAt = performance.now();
    const report = await runSeedOnHosts({
      seed,
      count,
      folder,
      isSynchronous,
      printLine: console.log,
    });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    console.log(`seed ${seed}: ${formatReport(report)}, ${seconds} s`);
    const found = [
      ...report.breaches.map((breach) => JSON.stringify(breach)),
      ...report.ledgerFaults,
    ];
    for (const line of found.slice(0, 5)) console.log("  ", line);
    const isExpected = isSynchronous
      ? found.length === 0 && report.allowed > 0 && report.checkpoints > 0
      : report.breaches.some(({ kind }) => kind === "refusal-lost");
    if (!isSynchronous) console.log(isExpected ? "caught: a loss" : "NOT CAUGHT");
    isFaultless &&= isExpected;
  }
  return isFaultless;
}

function formatReport({ breaches, ledgerFaults, ...report }: HostReport) {
  const count = (kind: string) => breaches.filter((breach) => breach.kind === kind).length;
  return [
    `${report.failOvers.length} fail-overs (${report.failOvers.map((name, n) => `${name} ${report.secondsAway[n]} s`).join(", ")})`,
    `${report.stalls} times nobody could take over`,
    `${report.failures} other failures`,
    `${report.optOuts} refusals acknowledged, ${count("refusal-lost")} lost`,
    `${report.answered} requests answered, ${report.allowed} calls allowed, ${count("allowed-after-refusal")} after a refusal`,
    `${count("feed-differs")} feeds differ`,
    `${report.checkpoints} checkpoints read, ${ledgerFaults.length} faults of the ledger`,
  ].join("; ");
}

import { setTimeout as wait } from "node:timers/promises";
import { isSameHash, openCheckpoint, readNoteKey } from "@ringfence/core/proof/ledger";
import { auditLedger } from "@ringfence/services/proof/ledger";
import { random } from "@ringfence/services/testing/random";
import { z } from "zod";
import { startCluster } from "../cluster/start-cluster.ts";
import { type Cluster, type FailureReport, injectHostFailures } from "./host-failures.ts";
import { type ClientReport, createSender, runClients } from "./run-clients.ts";
import { createWorld } from "./world.ts";

export type HostReport = ClientReport &
  FailureReport & {
    /** Number of signed checkpoints that somebody read. */
    checkpoints: number;
    /** Faults of the ledger, such as a published checkpoint that it contradicts. */
    ledgerFaults: string[];
  };

type Settings = {
  seed: number;
  count: number;
  folder: string;
  isSynchronous?: boolean;
  /** Tells which failure begins. */
  printLine: (line: string) => void;
};

/** Runs clients on two API hosts while the primary is lost this many times, and checks what they received. */
export async function runSeedOnHosts({
  seed,
  count,
  folder,
  isSynchronous = true,
  printLine,
}: Settings): Promise<HostReport> {
  const cluster = await startCluster({ folder, isSynchronous, report: printLine });
  try {
    const failing = Promise.withResolvers<FailureReport>();
    failing.promise.catch(() => {}); // `runClients` rejects with it
    const notes = new Set<string>();
    const world = await createWorld(cluster.db, folder);
    const send = createSender(cluster.origins, world.key);
    const report = await runClients(
      { send, world },
      {
        seed,
        async injectFailures(isOver) {
          const reading = gatherCheckpoints(cluster, notes, isOver);
          // Each seed begins with another way to fail.
          const settings = { count, offset: seed - 1, isSynchronous, printLine };
          await injectHostFailures(cluster, random(seed), settings).then(
            failing.resolve,
            failing.reject,
          );
          await failing.promise;
          await reading;
        },
        waitForEnd: async () => void (await failing.promise),
      },
    );
    for (const host of [...cluster.databases, ...cluster.apis, ...cluster.workers])
      host.setClock(0);
    const ledgerFaults = await findLedgerFaults(cluster, notes);
    return { ...report, ...(await failing.promise), checkpoints: notes.size, ledgerFaults };
  } finally {
    await cluster.stop();
  }
}

const pauseMs = 200;

/** Gathers the checkpoints that the APIs show, as witnesses and customers do. */
async function gatherCheckpoints({ origins }: Cluster, notes: Set<string>, isOver: () => boolean) {
  while (!isOver()) {
    for (const origin of origins) {
      const note = await fetch(`${origin}/ledger/checkpoint`, {
        signal: AbortSignal.timeout(2_000),
      })
        .then((response) => (response.ok ? response.text() : null))
        .catch(() => null);
      if (note !== null) notes.add(note);
    }
    await wait(pauseMs);
  }
}

const Keys = z.array(z.object({ vkey: z.string() }));
const Checkpoints = z.array(z.object({ size: z.number(), root: z.instanceof(Uint8Array) }));

/** Audits the ledger, and looks for each checkpoint that was read. One with another root is a fork. */
async function findLedgerFaults({ db }: Cluster, notes: ReadonlySet<string>): Promise<string[]> {
  const audit = await auditLedger(db);
  const vkeys = await db.pool.query("SELECT vkey FROM ledger.log_key");
  const keys = Keys.parse(vkeys.rows).flatMap(({ vkey }) => readNoteKey(vkey) ?? []);
  const { rows } = await db.pool.query("SELECT size::float8, root FROM ledger.checkpoint");
  const roots = new Map(Checkpoints.parse(rows).map(({ size, root }) => [size, root]));
  const lost = [...notes].flatMap((note) => {
    const opened = openCheckpoint(note, keys);
    if (!opened.ok) return ["a checkpoint with an invalid signature"];
    const { size, root } = opened.checkpoint;
    const published = roots.get(size);
    return published !== undefined && isSameHash(published, root) ? [] : [`fork at size ${size}`];
  });
  // The clocks of the hosts jump, and the audit says so.
  const faults = audit.faults.filter(({ key }) => key !== "ledger.audit-order");
  return [...faults.map((fault) => JSON.stringify(fault)), ...lost];
}

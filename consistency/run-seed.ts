import { setTimeout as wait } from "node:timers/promises";
import { random, type Random } from "@ringfence/services/testing/random";
import { startProcesses, type Processes } from "./processes.ts";
import { countAcknowledged, createSender, runClients, type ClientReport } from "./run-clients.ts";
import { createWorld } from "./world.ts";

/** One blow in this many cuts the power of the database. */
const outageEvery = 5;

/** Share of kills that hit workers. If it were higher, no list would ever be finished. */
const workerShare = 0.15;

/**
 * The most apps that start at once. Apps that only ever start answer nobody, however fast the
 * machine is.
 */
const maxStarting = 2;

/**
 * Kills an app at intervals, while others still start, or fails the database, until the run is
 * over.
 */
async function injectFailures(cluster: Processes, random: Random, isOver: () => boolean) {
  const starting = new Map<object, Promise<void>>();
  for (let blow = 1; !isOver(); blow++) {
    await wait(1_000 + random.below(1_500));
    if (starting.size >= maxStarting) await Promise.race(starting.values());
    if (blow % outageEvery === 0) {
      await cluster.failDatabase();
      continue;
    }
    const apps = random.chance(workerShare) ? cluster.workers : cluster.apis;
    const standing = apps.filter((app) => !starting.has(app));
    if (standing.length === 0) continue;
    const app = random.oneOf(standing);
    starting.set(
      app,
      app.killAndStart().finally(() => starting.delete(app)),
    );
  }
  await Promise.all(starting.values());
}

/**
 * Settings of a run. With `minOptOuts`, for planted bugs, it continues until that many opt-outs
 * were made, however slow the machine.
 */
export type SeedSettings = {
  seed: number;
  seconds: number;
  folder: string;
  apiMain?: string;
  minOptOuts?: number;
};

/** Longest extension of a run that waits for opt-outs. */
const maxExtraSeconds = 120;

export type SeedReport = ClientReport & { kills: number; outages: number };

/**
 * Runs clients and failures against APIs and workers for this many seconds, and checks what clients
 * received.
 */
export async function runSeed({
  seed,
  seconds,
  minOptOuts = 0,
  ...settings
}: SeedSettings): Promise<SeedReport> {
  const cluster = await startProcesses(settings);
  try {
    const world = await createWorld(cluster.db, settings.folder);
    const send = createSender(cluster.origins, world.key);
    const report = await runClients(
      { send, world },
      {
        seed,
        injectFailures: (isOver) => injectFailures(cluster, random(seed), isOver),
        async waitForEnd(history) {
          await wait(seconds * 1_000);
          for (
            let more = 0;
            more < maxExtraSeconds && countAcknowledged(history) < minOptOuts;
            more++
          )
            await wait(1_000);
        },
      },
    );
    return { ...report, ...cluster.counts() };
  } finally {
    await cluster.db.close();
    await cluster.stop();
  }
}

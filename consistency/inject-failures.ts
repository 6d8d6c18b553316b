import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import type { Cluster } from "./cluster.ts";

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
export async function injectFailures(cluster: Cluster, random: Random, isOver: () => boolean) {
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

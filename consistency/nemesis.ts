import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import type { Cluster } from "./cluster.ts";

/** Kills an app every so often, and now and then takes the power of the database away, until it is over. */
export async function strike(cluster: Cluster, random: Random, isOver: () => boolean) {
  for (let blow = 1; !isOver(); blow++) {
    await wait(300 + random.below(700));
    if (blow % 6 === 0) await cluster.failDatabase();
    else await random.oneOf(cluster.apps).killAndStart();
  }
}

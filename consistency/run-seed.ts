import { setTimeout as wait } from "node:timers/promises";
import { random } from "@ringfence/services/testing/random";
import { type Breach, checkHistory } from "./check-history.ts";
import { runClient } from "./clients.ts";
import { startCluster } from "./cluster.ts";
import { followFeed } from "./follow-feed.ts";
import { type Route, emptyHistory } from "./history.ts";
import { injectFailures } from "./inject-failures.ts";
import type { Run } from "./run.ts";
import { createWorld } from "./world.ts";

const clients = 12;

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

export type SeedReport = {
  breaches: Breach[];
  /** Number of answered requests. */
  answered: number;
  optOuts: number;
  verdicts: Record<Route, number>;
  allowed: number;
  kills: number;
  outages: number;
};

/**
 * Runs clients and failures against a cluster for this many seconds, and checks what clients
 * received.
 */
export async function runSeed({
  seed,
  seconds,
  minOptOuts = 0,
  ...settings
}: SeedSettings): Promise<SeedReport> {
  const cluster = await startCluster(settings);
  try {
    const world = await createWorld(cluster.db, settings.folder);
    const history = emptyHistory();
    const clock = new AbortController();
    const isOver = () => clock.signal.aborted;
    const feedEnd = new AbortController();
    const run: Run = {
      cluster,
      world,
      history,
      permits: [],
      answered: 0,
      lists: new Set(),
      isOver,
    };
    const working = [
      ...Array.from({ length: clients }, (_, n) => runClient(run, random(seed * 1_000 + n))),
      injectFailures(cluster, random(seed), isOver),
    ];
    const following = followFeed(cluster, world.key, () => feedEnd.signal.aborted);
    const acknowledged = () => history.optOuts.filter(({ id }) => id !== null).length;
    const waitForTime = async () => {
      await wait(seconds * 1_000);
      for (let more = seconds; more < maxExtraSeconds && acknowledged() < minOptOuts; more++)
        await wait(1_000);
    };
    await Promise.race([waitForTime(), Promise.all(working)]);
    clock.abort();
    await Promise.all([...working, ...run.lists]);
    feedEnd.abort();
    history.followedFeed = await following;
    history.feed = await followFeed(cluster, world.key, () => true);

    const { verdicts } = history;
    const count = (route: Route) => verdicts.filter((one) => one.route === route).length;
    return {
      breaches: checkHistory(history),
      answered: run.answered,
      optOuts: acknowledged(),
      verdicts: {
        single: count("single"),
        batch: count("batch"),
        permit: count("permit"),
        scrub: count("scrub"),
      },
      allowed: verdicts.filter(({ verdict }) => verdict === "allow").length,
      ...cluster.counts(),
    };
  } finally {
    await cluster.db.close();
    await cluster.stop();
  }
}

import { setTimeout as wait } from "node:timers/promises";
import { random } from "@ringfence/services/testing/random";
import { type Breach, checkHistory } from "./check-history.ts";
import { runClient } from "./clients.ts";
import { startCluster } from "./cluster.ts";
import { followFeed } from "./follow-feed.ts";
import { type Route, emptyHistory } from "./history.ts";
import { strike } from "./nemesis.ts";
import type { Play } from "./play.ts";
import { makeWorld } from "./world.ts";

const clients = 12;

/**
 * Settings of a run. With `leastRefusals`, for planted bugs, it continues until that many opt-outs
 * were made, however slow the machine.
 */
export type SeedSettings = {
  seed: number;
  seconds: number;
  folder: string;
  apiMain?: string;
  leastRefusals?: number;
};

/** Longest extension of a run that waits for opt-outs. */
const patienceSeconds = 120;

export type SeedReport = {
  breaches: Breach[];
  /** Number of answered requests. */
  answered: number;
  refusals: number;
  heard: Record<Route, number>;
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
  leastRefusals = 0,
  ...settings
}: SeedSettings): Promise<SeedReport> {
  const cluster = await startCluster(settings);
  try {
    const world = await makeWorld(cluster.db, settings.folder);
    const history = emptyHistory();
    const clock = new AbortController();
    const isOver = () => clock.signal.aborted;
    const rest = new AbortController();
    const play: Play = {
      cluster,
      world,
      history,
      permits: [],
      answered: 0,
      lists: new Set(),
      isOver,
    };
    const working = [
      ...Array.from({ length: clients }, (_, n) => runClient(play, random(seed * 1_000 + n))),
      strike(cluster, random(seed), isOver),
    ];
    const gathering = followFeed(cluster, world.key, () => rest.signal.aborted);
    const acknowledged = () => history.refusals.filter(({ id }) => id !== null).length;
    const played = async () => {
      await wait(seconds * 1_000);
      for (let more = seconds; more < patienceSeconds && acknowledged() < leastRefusals; more++)
        await wait(1_000);
    };
    await Promise.race([played(), Promise.all(working)]);
    clock.abort();
    await Promise.all([...working, ...play.lists]);
    rest.abort();
    history.gathered = await gathering;
    history.feed = await followFeed(cluster, world.key, () => true);

    const { heard } = history;
    const count = (route: Route) => heard.filter((one) => one.route === route).length;
    return {
      breaches: checkHistory(history),
      answered: play.answered,
      refusals: acknowledged(),
      heard: {
        single: count("single"),
        batch: count("batch"),
        permit: count("permit"),
        scrub: count("scrub"),
      },
      allowed: heard.filter(({ verdict }) => verdict === "allow").length,
      ...cluster.counts(),
    };
  } finally {
    await cluster.db.close();
    await cluster.stop();
  }
}

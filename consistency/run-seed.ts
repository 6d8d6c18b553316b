import { setTimeout as wait } from "node:timers/promises";
import { random, type Random } from "@ringfence/services/testing/random";
import { startCluster, type Cluster } from "./cluster.ts";
import { sendRequest } from "./send-request.ts";
import { field, readId, readItems } from "./read-response.ts";
import { checkHistory, type Breach } from "./check-history.ts";
import { runClient } from "./clients.ts";
import { emptyHistory, type Route } from "./history.ts";
import type { Run } from "./run.ts";
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
async function injectFailures(cluster: Cluster, random: Random, isOver: () => boolean) {
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

/** Polling interval of a dialer that keeps a copy. */
const pauseMs = 50;

/** Gathers the feed page by page from the beginning, until the run is over and no page is left. */
async function followFeed(
  { origins }: Cluster,
  key: string,
  isOver: () => boolean,
): Promise<string[]> {
  const ids: string[] = [];
  let after = "";
  for (let turn = 0; ; turn++) {
    const origin = origins[turn % origins.length] ?? "";
    const path = `/opt-outs?limit=50${after && `&after=${after}`}`;
    const isLast = isOver();
    const answer = await sendRequest({ origin, key, path });
    const page = answer?.status === 200 ? readPage(answer.body) : null;
    if (page !== null) {
      ids.push(...page.ids);
      after = page.next;
      if (isLast && page.ids.length === 0) return ids;
      if (page.ids.length > 0) continue;
    }
    await wait(pauseMs);
  }
}

function readPage(body: unknown): { ids: string[]; next: string } {
  return { ids: readItems(body, "items").map(readId), next: String(field(body, "next")) };
}

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

import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import { cutNetwork, mendNetwork, type Direction } from "../cluster/cut-network.ts";
import { readMembers, switchOver, waitForStandbys, waitUntil } from "../cluster/health.ts";
import type { startCluster } from "../cluster/start-cluster.ts";

export type Cluster = Awaited<ReturnType<typeof startCluster>>;
type DatabaseHost = Cluster["databases"][number];

/** Something that makes another database host the primary, and what ends it. */
type FailOver = {
  name: string;
  strike: (primary: DatabaseHost, cluster: Cluster) => Promise<void> | void;
  /** Called when another host is the primary. */
  mend?: (old: DatabaseHost) => void;
};

const listOtherDatabases = (cluster: Cluster, host: { name: string }) =>
  cluster.databases.filter(({ name }) => name !== host.name).map(({ address }) => address);

const everybody = (cluster: Cluster) =>
  [...cluster.databases, ...cluster.apis, ...cluster.workers, cluster.desk].map(
    ({ address }) => address,
  );

/** Cuts the primary off from the other database hosts. APIs still reach it, and may be told things that are lost. */
const cutFromStandbys = (direction: Direction): FailOver => ({
  name: `cut from the standbys (${direction})`,
  strike: (primary, cluster) =>
    cutNetwork(primary.name, listOtherDatabases(cluster, primary), direction),
  mend: (old) => mendNetwork(old.name),
});

const cutFromAll: FailOver = {
  name: "cut from everybody",
  strike: (primary, cluster) => cutNetwork(primary.name, everybody(cluster), "both"),
  mend: (old) => mendNetwork(old.name),
};

/** Every way in which a primary is lost. The first ones are those in which most could go wrong. */
export const failOvers: readonly FailOver[] = [
  cutFromStandbys("both"),
  { name: "kill -9 of PostgreSQL", strike: (primary) => primary.killPostgres() },
  cutFromAll,
  { name: "power failure of a host", strike: crashAndHold, mend: (old) => mendNetwork(old.name) },
  cutFromStandbys("in"),
  {
    // The server stays the primary and refuses changes until somebody acts, or until it crashes.
    name: "disk full, then kill -9 of PostgreSQL",
    async strike(primary) {
      primary.fillDisk();
      await wait(5_000);
      primary.killPostgres();
    },
    mend: (old) => void old.emptyDisk(),
  },
  cutFromStandbys("out"),
  {
    name: "Patroni frozen",
    strike: (primary) => primary.patroni.pause(),
    mend: (old) => old.patroni.resume(),
  },
  { name: "planned switch-over", strike: (primary) => switchOver(primary.name) },
];

/** Ends all programs of a host, and keeps it off the network until another host has taken over. */
function crashAndHold(primary: DatabaseHost, cluster: Cluster) {
  cutNetwork(primary.name, everybody(cluster), "both");
  primary.crash();
}

const jumps = [90, -90, 600, -600];

/** A small failure, beside which everything goes on. */
type Failure = { name: string; strike: (cluster: Cluster, random: Random) => Promise<void> | void };

const failures: readonly Failure[] = [
  { name: "kill -9 of an API", strike: ({ apis }, random) => random.oneOf(apis).app.kill() },
  {
    name: "kill -9 of a worker",
    strike: ({ workers }, random) => random.oneOf(workers).app.kill(),
  },
  {
    name: "kill -9 of PgBouncer",
    strike: ({ databases }) => databases.forEach(({ pgbouncer }) => pgbouncer.kill()),
  },
  {
    name: "kill -9 of Patroni",
    strike: ({ databases }, random) => random.oneOf(databases).patroni.kill(),
  },
  {
    name: "kill -9 of etcd",
    strike: ({ databases }, random) => random.oneOf(databases).etcd.kill(),
  },
  {
    name: "kill -9 of HAProxy",
    strike: ({ apis, workers }, random) => random.oneOf([...apis, ...workers]).proxy.kill(),
  },
  {
    name: "clock jump",
    strike: ({ databases, apis, workers }, random) =>
      random.oneOf([...databases, ...apis, ...workers]).setClock(random.oneOf(jumps)),
  },
  {
    name: "API cut from the database",
    async strike(cluster, random) {
      const api = random.oneOf(cluster.apis);
      const addresses = cluster.databases.map(({ address }) => address);
      cutNetwork(api.name, addresses, random.oneOf(["in", "out", "both"] as const));
      await wait(6_000);
      mendNetwork(api.name);
    },
  },
  {
    name: "frozen worker",
    async strike({ workers }, random) {
      const { app } = random.oneOf(workers);
      app.pause();
      await wait(15_000);
      app.resume();
    },
  },
];

type FailureSettings = {
  /** Number of times that the primary is taken away. */
  count: number;
  /** Index in `failOvers` of the first one. */
  offset: number;
  isSynchronous: boolean;
  printLine: (line: string) => void;
};

export type FailureReport = {
  /** Ways in which the primary was lost. */
  failOvers: string[];
  /** Number of other failures. */
  failures: number;
  /** Seconds until another host was the primary, for each fail-over. */
  secondsAway: number[];
  /** Number of times that no host took over until the old primary came back. */
  stalls: number;
};

/**
 * Takes the primary away this many times, each time in another way and among other failures, and waits until the cluster
 * is whole again.
 */
export async function injectHostFailures(
  cluster: Cluster,
  random: Random,
  { count, offset, isSynchronous, printLine }: FailureSettings,
): Promise<FailureReport> {
  const report: FailureReport = { failOvers: [], failures: 0, secondsAway: [], stalls: 0 };
  while (report.failOvers.length < count) {
    const n = report.failOvers.length;
    const failOver = failOvers[(offset + n) % failOvers.length];
    if (failOver === undefined) break;
    const isSettled = new AbortController();
    const small = injectFailures(cluster, random, {
      isOver: () => isSettled.signal.aborted,
      printLine,
    });
    await wait(2_000 + random.below(2_000));
    const primary = await waitForPrimary(cluster);
    printLine(`${formatTime()} fail-over ${n + 1} of ${primary.name}: ${failOver.name}`);
    await failOver.strike(primary, cluster);
    const seconds = await waitForAnotherPrimary(cluster, primary);
    failOver.mend?.(primary);
    if (seconds === null) {
      if (++report.stalls > count) throw new Error("no host ever takes over");
      printLine(`${formatTime()}   nobody may take over`);
    } else {
      report.secondsAway.push(seconds);
      report.failOvers.push(failOver.name);
      printLine(`${formatTime()}   another primary after ${seconds} s`);
    }
    await wait(2_000);
    isSettled.abort();
    report.failures += await small;
    await waitForStandbys(isSynchronous);
  }
  return report;
}

/** Longer than any fail-over takes. */
const takeOverPatienceMs = 90_000;

/**
 * Waits until another host is the primary, and returns after how many seconds; null if none takes over. That is right if
 * the primary was lost before it had a synchronous standby: nobody else is sure to have every refusal then.
 */
async function waitForAnotherPrimary(cluster: Cluster, old: DatabaseHost): Promise<number | null> {
  const startedAt = performance.now();
  const isOther = async () => (await findPrimary(cluster)).name !== old.name;
  try {
    await waitUntil(isOther, "another primary", takeOverPatienceMs);
  } catch {
    return null;
  }
  return Math.round((performance.now() - startedAt) / 1_000);
}

const formatTime = () => new Date().toISOString().slice(11, 19);

/** Waits for the primary: one that is just stepping down because of another failure is not one. */
async function waitForPrimary(cluster: Cluster): Promise<DatabaseHost> {
  const found = Promise.withResolvers<DatabaseHost>();
  await waitUntil(async () => {
    found.resolve(await findPrimary(cluster));
    return true;
  }, "a primary");
  return found.promise;
}

async function injectFailures(
  cluster: Cluster,
  random: Random,
  { isOver, printLine }: { isOver: () => boolean; printLine: (line: string) => void },
) {
  let count = 0;
  while (!isOver()) {
    const failure = random.oneOf(failures);
    printLine(`${formatTime()}   ${failure.name}`);
    await failure.strike(cluster, random);
    count++;
    await wait(1_500 + random.below(2_000));
  }
  return count;
}

async function findPrimary({ databases }: Cluster): Promise<DatabaseHost> {
  const leader = (await readMembers()).find(
    ({ role, state }) => role === "leader" && state === "running",
  );
  const host = databases.find(({ name }) => name === leader?.name);
  if (host === undefined) throw new Error("no host is the primary");
  return host;
}

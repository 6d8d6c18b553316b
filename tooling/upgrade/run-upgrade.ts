import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Db, openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { type DatabaseUrls, startPostgres, withConnection } from "@ringfence/db/postgres";
import { random } from "@ringfence/services/testing/random";
import getPort from "get-port";
import { type Message, say } from "@ringfence/core/platform/message";
import { openKeys } from "@ringfence/services/platform/keys";
import { auditLedger } from "@ringfence/services/proof/ledger";
import { auditRecord } from "@ringfence/services/proof/record";
import { z } from "zod";
import { type ClientReport, runClients } from "../../consistency/run-clients.ts";
import { readId } from "../../consistency/read-response.ts";
import { runProgram, startProgram } from "../drill/program.ts";
import type { FoundSettings, FoundWorld } from "./found-world.ts";
import { startReceiver } from "./receiver.ts";
import { type Failure, type Target, type Traffic, type Version, createTraffic } from "./traffic.ts";

const root = path.resolve(import.meta.dirname, "../..");

type Options = {
  /** Folder of the older version (`prepareOlderVersion`). */
  older: string;
  /** Folder for the data. */
  folder: string;
  seed: number;
  /** Seconds that clients work after each step. */
  seconds: number;
  /** Statement that is run as if it were the last migration. */
  plant: string | undefined;
  report: (line: string) => void;
};

export type UpgradeReport = Omit<ClientReport, "answered"> & {
  failures: readonly Failure[];
  /** Seconds in which both versions served. */
  secondsTogether: number;
  answered: Readonly<Record<Version, number>>;
  /** Requests that a stopping API did not answer and another one did, by error. */
  retried: Readonly<Record<string, number>>;
  refusals: Readonly<Record<Version, number>>;
  /** Refusals sent again to the other version, which answered as the first one did. */
  repeated: number;
  scrubs: number;
  /** Scrubs asked of one version while only workers of the other one ran. */
  scrubsOfOther: Readonly<Record<Version, number>>;
  consents: number;
  /** Faults of the database, the webhook's deliveries and the ledger after the upgrade. */
  faults: readonly string[];
};

/** Few, so that a machine with two processors can start programs beside them. */
const CLIENTS = 4;

/**
 * Upgrades two APIs and a worker one after the other, while clients work, and finds what went wrong. It stops after the
 * first step in which a request failed.
 */
export async function runUpgrade({ older, folder, seed, seconds, plant, report }: Options) {
  const receiver = await startReceiver();
  const postgres = await startPostgres({ stateFolder: folder });
  try {
    const urls = postgres.urls("upgrade");
    const world = await foundWorld(older, { urls, folder, receiver: receiver.url });
    const traffic = createTraffic(world.key);
    const host = createHost({ older, world, folder, receiver: receiver.url, traffic });
    const steps = listSteps(host, { urls, plant });
    const finished = Promise.withResolvers<number>();
    finished.promise.catch(() => {}); // `runClients` rejects with it
    await steps[0]?.perform();
    const clients = await runClients(
      { send: traffic.send, world },
      {
        seed,
        clients: CLIENTS,
        async injectFailures(isOver) {
          const repeating = traffic.repeatRefusals(random(seed), isOver);
          await performSteps(steps.slice(1), { traffic, seconds, report }).then(
            finished.resolve,
            finished.reject,
          );
          await finished.promise;
          await repeating;
        },
        waitForEnd: async () => void (await finished.promise),
      },
    );
    const faults =
      traffic.failures.length > 0
        ? []
        : await findFaults({ world, folder, traffic, delivered: receiver.ids });
    await host.stop();
    return summarize(clients, traffic, await finished.promise, [...faults, ...host.ends]);
  } finally {
    receiver.stop();
    await postgres.stop();
  }
}

async function foundWorld(
  older: string,
  settings: Omit<FoundSettings, "file">,
): Promise<FoundWorld> {
  const file = path.join(settings.folder, "world.json");
  const { code, output } = await runProgram(root, "tooling/upgrade/found-world.ts", {
    args: [older, JSON.stringify({ ...settings, file })],
    env: {},
  });
  if (code !== 0) throw new Error(`the older version could not make its organization:\n${output}`);
  return JSON.parse(readFileSync(file, "utf8"));
}

type Installation = {
  older: string;
  world: FoundWorld;
  folder: string;
  receiver: string;
  traffic: Traffic;
};

/** Time in which clients still send to an API that has ended, as long as a proxy does until it has noticed. */
const NOTICE_MS = 1_000;

/** Length of what is quoted of a program's output. */
const END_LENGTH = 400;

/** Creates a host on which APIs and workers of both versions run with the same database, keys and files. */
function createHost({ older, world, folder, receiver, traffic }: Installation) {
  const running = new Map<string, ReturnType<typeof startProgram>>();
  const targets = new Map<string, Target>();
  const ends: string[] = [];
  const env = {
    DATABASE_URL: world.url,
    DATABASE_ACROSS_URL: world.acrossUrl,
    PUBLIC_URL: "http://127.0.0.1:3000",
    API_URL: "http://127.0.0.1:4000",
    API_RATE_LIMIT: "100000000",
    LEDGER_ORIGIN: "ledger.example/upgrade",
    RINGFENCE_KEY_DIR: path.join(folder, "keys"),
    RINGFENCE_FILES: path.join(folder, "files"),
    RINGFENCE_PRIVATE_HOSTS: new URL(receiver).host,
  };
  const checkout = (version: Version) => (version === "old" ? older : root);
  const end = async (name: string) => {
    const program = running.get(name);
    if (program === undefined) throw new Error(`${name} does not run`);
    running.delete(name);
    await program.stop("SIGTERM");
    const { code, output } = await program.exited;
    if (code !== 0) ends.push(`${name} ended with ${code}: ${output.slice(-END_LENGTH)}`);
  };

  return {
    /** Output of programs that ended with an error. */
    ends,
    async startApi(name: string, version: Version) {
      const port = String(await getPort());
      const origin = `http://127.0.0.1:${port}`;
      const program = startProgram(checkout(version), "apps/api/src/main.ts", {
        env: { ...env, API_PORT: port },
      });
      running.set(name, program);
      await program.answers(`${origin}/readyz`);
      const target = { version, origin, isStopping: false };
      targets.set(name, target);
      traffic.targets.push(target);
    },
    async stopApi(name: string) {
      const target = targets.get(name);
      if (target !== undefined) target.isStopping = true;
      await end(name);
      await wait(NOTICE_MS);
      traffic.targets.splice(
        traffic.targets.findIndex((other) => other === target),
        1,
      );
    },
    async startWorker(name: string, version: Version, args: readonly string[] = []) {
      const port = String(await getPort());
      const program = startProgram(checkout(version), "apps/worker/src/main.ts", {
        args,
        env: { ...env, WORKER_PORT: port },
      });
      running.set(name, program);
      await program.answers(`http://127.0.0.1:${port}/readyz`);
    },
    stopWorker: end,
    stop: () => Promise.all([...running.keys()].map(end)),
  };
}

type Host = ReturnType<typeof createHost>;
type Step = {
  name: string;
  /** Versions of the programs that run after the step. */
  apis: Version | "both";
  workers: Version | "both";
  perform: () => Promise<unknown>;
};

/** Lists the steps of a rolling upgrade, as docs/operations.md says. The first one starts the older version. */
const listSteps = (
  host: Host,
  { urls, plant }: { urls: DatabaseUrls; plant: string | undefined },
): Step[] => [
  {
    name: "the older version alone",
    apis: "old",
    workers: "old",
    async perform() {
      await host.startWorker("older worker", "old", ["--signer"]);
      await host.startApi("first older API", "old");
      await host.startApi("second older API", "old");
    },
  },
  {
    name: "database migrated",
    apis: "old",
    workers: "old",
    async perform() {
      await migrate(urls);
      if (plant !== undefined) await withConnection(urls.ownerUrl, (client) => client.query(plant));
    },
  },
  {
    name: "first newer API started",
    apis: "both",
    workers: "old",
    perform: () => host.startApi("first newer API", "new"),
  },
  {
    name: "first older API stopped",
    apis: "both",
    workers: "old",
    perform: () => host.stopApi("first older API"),
  },
  {
    name: "newer worker started",
    apis: "both",
    workers: "both",
    perform: () => host.startWorker("newer worker", "new"),
  },
  {
    name: "older worker replaced by a newer signer",
    apis: "both",
    workers: "new",
    async perform() {
      await host.stopWorker("older worker");
      await host.startWorker("newer signer", "new", ["--signer"]);
    },
  },
  {
    name: "second newer API started, second older API stopped",
    apis: "new",
    workers: "new",
    async perform() {
      await host.startApi("second newer API", "new");
      await host.stopApi("second older API");
    },
  },
];

type Run = { traffic: Traffic; seconds: number; report: (line: string) => void };

/** Performs the steps, with time for clients after each. Returns the seconds in which both versions served. */
async function performSteps(
  steps: readonly Step[],
  { traffic, seconds, report }: Run,
): Promise<number> {
  let together = 0;
  await wait(seconds * 1_000);
  for (const { name, apis, workers, perform } of steps) {
    if (traffic.failures.length > 0) break;
    const begun = performance.now();
    traffic.beginStep(`${name} (APIs: ${apis}, workers: ${workers})`);
    await perform();
    report(`${name}: ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
    await wait(seconds * 1_000);
    if (apis === "both" || workers === "both") together += (performance.now() - begun) / 1_000;
  }
  return together;
}

type Upgraded = {
  world: FoundWorld;
  folder: string;
  traffic: Traffic;
  delivered: ReadonlySet<string>;
};

/**
 * Finds what the upgrade left wrong: jobs undone, opt-outs not delivered, consents not on record, a ledger that is not
 * whole.
 */
async function findFaults({ world, folder, traffic, delivered }: Upgraded): Promise<string[]> {
  const { refusals, consents } = traffic.report();
  const db = openDb(world.url, world.acrossUrl);
  try {
    const jobs = await findUndoneJobs(db);
    const missing = await countMissingConsents(db, consents);
    const undelivered = refusals.filter(({ id }) => !delivered.has(id)).length;
    const audit = await auditLedger(db);
    const record: Message[] = [];
    const keys = await openKeys(db, path.join(folder, "keys"));
    await auditRecord({ db, keys }, (fault) => record.push(fault));
    const ofClients = record.filter((fault) => !world.consents.includes(readId(fault.values)));
    return [
      ...jobs,
      ...(missing > 0 ? [`${missing} consents are not on record`] : []),
      ...(undelivered > 0 ? [`${undelivered} opt-outs did not reach the webhook`] : []),
      ...[...audit.faults, ...ofClients].map((fault) => say("en", fault)),
    ];
  } finally {
    await db.close();
  }
}

const PATIENCE_MS = 120_000;
const POLL_MS = 200;
const Texts = z.array(z.object({ text: z.string() }));

/** Waits until no job is due and no run or delivery is under way. Returns those that remain, and those that failed. */
async function findUndoneJobs(db: Db): Promise<string[]> {
  const findWaiting = () =>
    selectTexts(
      db,
      `SELECT 'a job is not done: ' || identifier AS text
       FROM graphile_worker._private_jobs AS job
       JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
       WHERE run_at <= now() AND attempts < max_attempts
       UNION ALL SELECT 'a run is not done: ' || job FROM run WHERE status IN ('queued', 'running')
       UNION ALL SELECT 'a delivery is not done' FROM delivery WHERE status = 'pending'`,
    );
  let waiting = await findWaiting();
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
    if (waiting.length === 0) break;
    await wait(POLL_MS);
    waiting = await findWaiting();
  }
  const failed = await selectTexts(
    db,
    `SELECT 'a job failed: ' || identifier || ': ' || last_error AS text
     FROM graphile_worker._private_jobs AS job
     JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
     WHERE last_error IS NOT NULL
     UNION ALL SELECT 'a run failed: ' || job || ': ' || error::text FROM run WHERE status = 'failed'
     UNION ALL SELECT 'a delivery failed: ' || outcome::text FROM delivery WHERE status = 'dead'`,
  );
  return [...waiting, ...failed];
}

async function countMissingConsents(db: Db, consents: readonly string[]): Promise<number> {
  const found = await selectTexts(
    db,
    "SELECT DISTINCT consent_id AS text FROM consent_event WHERE consent_id = ANY ($1)",
    consents,
  );
  return new Set(consents).size - found.length;
}

async function selectTexts({ pool }: Db, statement: string, ids?: readonly string[]) {
  const { rows } = await pool.query(statement, ids && [ids]);
  return Texts.parse(rows).map(({ text }) => text);
}

function summarize(
  clients: ClientReport,
  traffic: Traffic,
  secondsTogether: number,
  faults: readonly string[],
): UpgradeReport {
  const { answered, retried, repeated, refusals, consents, scrubs } = traffic.report();
  const countRefusals = (version: Version) =>
    refusals.filter((refusal) => refusal.version === version).length;
  const other = { old: "new", new: "old" } as const;
  // Asked and done in steps in which only workers of the other version ran.
  const countOfOther = (version: Version) =>
    scrubs.filter(
      ({ version: asked, step, doneIn }) =>
        asked === version &&
        [step, doneIn ?? ""].every((name) => name.endsWith(`workers: ${other[version]})`)),
    ).length;
  return {
    ...clients,
    failures: traffic.failures,
    secondsTogether,
    answered,
    retried,
    refusals: { old: countRefusals("old"), new: countRefusals("new") },
    repeated,
    scrubs: scrubs.length,
    scrubsOfOther: { old: countOfOther("old"), new: countOfOther("new") },
    consents: consents.length,
    faults,
  };
}

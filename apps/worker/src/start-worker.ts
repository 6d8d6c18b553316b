import "@ringfence/services/handlers";
import { createHeavyLimitsReader } from "@ringfence/services/account/organization";
import { reviveRuns } from "@ringfence/services/platform/run";
import { inJobSpan } from "@ringfence/services/platform/tracing";
import { Logger, type Runner, type Task, parseCronItems, run } from "graphile-worker";
import { z } from "zod";
import type { Db } from "@ringfence/db";
import { createFairTurns } from "./fair-turns.ts";
import type { JobTools } from "./job-tools.ts";
import type { Job, LaneName } from "./jobs/platform/define-job.ts";
import { countLaneConnections, lanes } from "./lanes.ts";
import { log } from "./log.ts";
import type { MeasuredJob } from "./measured-job.ts";
import { type Repeated, repeat } from "./repeat.ts";
import { narrowSources } from "./sources/sources-of-organization.ts";
import { POLL_MS, REVIVE_MS } from "./jobs/platform/heartbeat.ts";

/** Pause before a restart after a fault of the database. */
const RESTART_MS = 1_000;

type Options = Omit<JobTools, "worker" | "signal"> & {
  jobs: readonly Job[];
  /** Is told of each job that ended. */
  countJob?: (measured: MeasuredJob) => void;
};

/** Takes the given jobs from the queue until stopped; jobs running then are released for another worker. */
export async function startWorker({ jobs, countJob = () => {}, ...shared }: Options) {
  const task =
    ({ name, perform }: Job): Task =>
    (payload, { job, abortSignal }) =>
      inJobSpan(name, payload, async () => {
        const sources = await narrowSources(shared.db, shared.sources, payload);
        const tools = {
          ...shared,
          sources,
          worker: job.locked_by ?? "",
          signal: abortSignal,
        };
        const begin = performance.now();
        const count = (outcome: MeasuredJob["outcome"]) =>
          countJob({ job: name, outcome, seconds: (performance.now() - begin) / 1_000 });
        await perform(payload, tools).then(
          () => count("done"),
          (error: unknown) => {
            count("failed");
            throw error;
          },
        );
      });

  // The queue holds the jobs of all organizations.
  const started: Repeated[] = [];
  for (const name of ["long", "usual", "express"] as const satisfies LaneName[]) {
    const own = jobs.filter(({ lane = "usual" }) => lane === name);
    if (own.length > 0) started.push(await startLane(shared.db, name, own, task));
  }
  const revive = () =>
    reviveRuns(shared.db).catch((err: unknown) => log.error({ err }, "runs were not revived"));
  const timer = setInterval(() => void revive(), REVIVE_MS);
  void revive();

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(started.map((lane) => lane.stop()));
    },
  };
}

/**
 * Works until stopped. The library gives up, and ends its promise, if PostgreSQL restarts at the
 * moment in which it records the result of a job.
 */
async function startLane(...lane: Parameters<typeof runLane>): Promise<Repeated> {
  let runner: Runner | null = await runLane(...lane);
  const loop = repeat(RESTART_MS, async (isStopped) => {
    if (isStopped()) return;
    runner ??= await runLane(...lane);
    const { promise } = runner;
    await promise.finally(() => (runner = null));
  });
  return {
    async stop() {
      const ended = loop.stop();
      await runner?.stop();
      await ended;
    },
  };
}

const queueLevels = { error: "error", warning: "warn", info: "info", debug: "debug" } as const;

/** Details that the queue gives with a message about a job. */
const AboutJob = z.object({ job: z.object({ task_identifier: z.string(), attempts: z.number() }) });

/**
 * Logs the queue's messages. The message about a failed job quotes the error, so the error itself is logged
 * instead.
 */
const queueLog = new Logger(() => (level, message, meta) => {
  const write = queueLevels[level];
  const err = meta["error"] ?? meta["fatalError"];
  if (err === undefined) return log[write](message);
  const { job } = AboutJob.safeParse(meta).data ?? {};
  const about = { err, job: job?.task_identifier, attempt: job?.attempts };
  log[write](about, job ? "a job failed" : "the job queue failed");
});

function runLane(
  { acrossUrl: connectionString, pool, prisma }: Db,
  name: LaneName,
  jobs: readonly Job[],
  task: (job: Job) => Task,
) {
  const { atOnce: concurrency, ofOne: mostOfOne } = lanes[name];
  const names = jobs.map((job) => job.name);
  const turns = createFairTurns({
    mostOfOne,
    // Jobs of the other lanes are short, and some deliver opt-outs.
    ...(name === "long" && {
      findWaiting: () => findWaiting(pool, names),
      readLimits: createHeavyLimitsReader(
        { prisma },
        {
          now: () => performance.now(),
          report: (err) => log.error({ err }, "limits of organizations were not read"),
        },
      ),
    }),
  });
  return run({
    ...turns,
    connectionString,
    concurrency,
    maxPoolSize: countLaneConnections(name),
    pollInterval: POLL_MS,
    gracefulShutdownAbortTimeout: 0,
    // Otherwise, when stopped, it does not wait until the results of its jobs are written.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    noHandleSignals: true,
    logger: queueLog,
    taskList: Object.fromEntries(jobs.map((job) => [job.name, task(job)])),
    parsedCronItems: parseCronItems(
      jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ task: name, match: cron }])),
    ),
  });
}

const Waiting = z.array(z.object({ organizationId: z.string() }));

/** Finds the organizations that have jobs of these names that could start now: a job of a locked queue could not. */
async function findWaiting(pool: Db["pool"], names: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT DISTINCT payload ->> 'organizationId' AS "organizationId"
     FROM graphile_worker._private_jobs AS job
     WHERE is_available AND run_at <= now() AND payload ->> 'organizationId' IS NOT NULL
       AND task_id IN (SELECT id FROM graphile_worker._private_tasks WHERE identifier = ANY($1))
       AND NOT EXISTS (
         SELECT FROM graphile_worker._private_job_queues AS queue
         WHERE queue.id = job.job_queue_id AND NOT queue.is_available)`,
    [names],
  );
  return Waiting.parse(rows).map(({ organizationId }) => organizationId);
}

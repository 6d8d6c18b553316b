import "@ringfence/services/handlers";
import type { Db } from "@ringfence/db";
import type { Post } from "@ringfence/services/message-sender";
import { toLoggedError } from "@ringfence/services/error-in-log";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import type { ColumnStore } from "@ringfence/services/audience/segment/columns";
import { reviveRuns } from "@ringfence/services/platform/run";
import { type Runner, type Task, parseCronItems, run } from "graphile-worker";
import type { Job } from "./jobs/platform/define-job.ts";
import { type Repeated, repeat } from "./repeat.ts";
import { narrowSources } from "./sources/sources-of-organization.ts";
import type { SourceSettings } from "./sources/source-settings.ts";
import { POLL_MS, REVIVE_MS } from "./take-over-pace.ts";

/** How many jobs a worker does at the same time. A long one must not hold up all others. */
const JOBS_AT_ONCE = 3;
/** Short ones that wait for others: as many endpoints are told at the same time. */
const EXPRESS_JOBS_AT_ONCE = 8;
/** Before it is begun anew after a fault of the database. */
const RESTART_MS = 1_000;

type Options = {
  databaseUrl: string;
  db: Db;
  keys: Keys;
  columns?: ColumnStore | undefined;
  files: FileStore;
  sources: SourceSettings;
  post: Post;
  publicUrl: string;
  jobs: readonly Job[];
};

/** Takes jobs from the queue until it is stopped; what runs then is let go, for another to take. */
export async function startWorker({ databaseUrl, jobs, ...shared }: Options) {
  const task =
    ({ perform }: Job): Task =>
    async (payload, { job, abortSignal }) => {
      const sources = await narrowSources(shared.db, shared.sources, payload);
      await perform(payload, {
        ...shared,
        sources,
        worker: job.locked_by ?? "",
        signal: abortSignal,
      });
    };

  const lanes = [
    await startLane(
      databaseUrl,
      JOBS_AT_ONCE,
      jobs.filter((job) => !isExpress(job)),
      task,
    ),
    await startLane(databaseUrl, EXPRESS_JOBS_AT_ONCE, jobs.filter(isExpress), task),
  ];
  const revive = () =>
    reviveRuns(shared.db).catch((error: unknown) => console.error(toLoggedError(error)));
  const timer = setInterval(() => void revive(), REVIVE_MS);
  void revive();

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

const isExpress = ({ lane }: Job) => lane === "express";

/**
 * Works until it is stopped. The library gives up, and says so by the end of its promise, where a
 * restart of PostgreSQL takes the moment at which it puts down what came of a job.
 */
async function startLane(...lane: Parameters<typeof runLane>): Promise<Repeated> {
  let runner: Runner | null = await runLane(...lane);
  const lanes = repeat(RESTART_MS, async (isStopped) => {
    if (isStopped()) return;
    runner ??= await runLane(...lane);
    const { promise } = runner;
    await promise.finally(() => (runner = null));
  });
  return {
    async stop() {
      const ended = lanes.stop();
      await runner?.stop();
      await ended;
    },
  };
}

const runLane = (
  connectionString: string,
  concurrency: number,
  jobs: readonly Job[],
  task: (job: Job) => Task,
) =>
  run({
    connectionString,
    concurrency,
    pollInterval: POLL_MS,
    gracefulShutdownAbortTimeout: 0,
    // Otherwise it does not wait, when it stops, until the ends of its jobs are written.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    noHandleSignals: true,
    taskList: Object.fromEntries(jobs.map((job) => [job.name, task(job)])),
    parsedCronItems: parseCronItems(
      jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ task: name, match: cron }])),
    ),
  });

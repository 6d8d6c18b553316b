import { OrganizationId } from "@ringfence/core/ids";
import type { Transaction } from "@ringfence/db";
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";

/*
 * A job is work that a worker does later, queued in the same transaction as the change that requires it.
 * `defineJob` names a job and defines its payload; `enqueue` queues one job; `addJob` queues one for each
 * row of a query. `apps/worker/src/jobs` holds the code that runs each job, and `jobs.ts` lists all jobs.
 */

/** A kind of job. Every payload also holds the id of the organization. */
type QueuedJob<Payload = unknown> = {
  readonly kind: "job";
  /** The name under which the queue stores it. Unique. */
  readonly name: string;
  readonly payload: z.ZodType<Payload & { organizationId: OrganizationId }>;
};

/**
 * Defines a job. The payload must hold only ids and settings, never personal data, because erasing a person
 * does not touch queued jobs.
 */
export const defineJob = <Shape extends z.ZodRawShape>(name: string, shape: Shape) =>
  ({
    kind: "job",
    name,
    payload: z.object({ ...shape, organizationId: OrganizationId }),
  }) as const;

type Options<Text> = {
  /**
   * Replaces a waiting job with the same key, so that work is not queued twice. A job that runs already goes on, and
   * the new one is queued beside it.
   */
  key?: Text;
  /**
   * Jobs with the same queue name run one at a time, unless one runs longer than `STALE_QUEUE_MINUTES`. The
   * name must begin with the job's name and a space, so that `freeQueues` finds it.
   */
  queue?: Text;
  /** Seconds before a worker may start the job. */
  delaySeconds?: number;
  /** Attempts, at growing intervals, before the worker gives up. The default is 25. */
  maxAttempts?: number;
};

type Queue = { db: Pick<Transaction, "$kysely"> };
type OrganizationQueue = Queue & { organizationId: OrganizationId };

/** Queues a job of an organization. Within a transaction, the job is queued only if the transaction commits. */
export async function enqueue<Payload extends { organizationId: OrganizationId }>(
  { db, organizationId }: OrganizationQueue,
  { name }: { name: string; payload: z.ZodType<Payload> },
  payload: Omit<Payload, "organizationId">,
  { key, queue, ...options }: Options<string> = {},
) {
  const text = {
    ...(key !== undefined && { key: sql`${key}` }),
    ...(queue !== undefined && { queue: sql`${queue}` }),
  };
  const json = JSON.stringify({ organizationId, ...payload });
  const added = callAddJob(name, sql`${json}::json`, sql`${organizationId}`, {
    ...options,
    ...text,
  });
  await sql`SELECT ${added}`.execute(db.$kysely);
}

/**
 * Queues a job that starts after `seconds`. Later calls until then replace its payload and keep its start
 * time, so that many calls normally make one job. If another open transaction holds the key, the job is
 * queued without a key, as an extra job: otherwise the transactions would wait for each other.
 */
export async function enqueueThrottled<Payload extends { organizationId: OrganizationId }>(
  { db, organizationId }: OrganizationQueue,
  { name }: { name: string; payload: z.ZodType<Payload> },
  payload: Omit<Payload, "organizationId">,
  seconds: number,
) {
  const key = `${name}/${organizationId}`;
  const json = JSON.stringify({ organizationId, ...payload });
  const added = callAddJob(name, sql`${json}::json`, sql`${organizationId}`, {
    key: sql`CASE WHEN pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) THEN ${key} END`,
    delaySeconds: seconds,
    preserveRunAt: true,
  });
  await sql`SELECT ${added}`.execute(db.$kysely);
}

/**
 * SQL that queues a job for each row of a query: `SELECT ${addJob(…)} FROM …`. Every value of the payload
 * is an SQL expression. `queueJobs` runs such a query.
 */
export function addJob<Payload extends { organizationId: OrganizationId }>(
  { name }: { name: string; payload: z.ZodType<Payload> },
  payload: { [Name in keyof Payload]-?: RawBuilder<unknown> },
  options: Options<RawBuilder<unknown>> = {},
): RawBuilder<unknown> {
  const pairs = Object.entries<RawBuilder<unknown>>(payload).map(
    ([field, value]) => sql`${sql.lit(field)}, ${value}`,
  );
  return callAddJob(
    name,
    sql`json_build_object(${sql.join(pairs)})`,
    payload.organizationId,
    options,
  );
}

/** Runs a query that queues jobs with `addJob`. Returns the number of jobs. */
export async function queueJobs(
  { $kysely }: Queue["db"],
  statement: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await statement.execute($kysely);
  return rows.length;
}

/**
 * SQL condition: no job with this key waits or runs. A job that a worker has held for longer than `seconds` does not
 * count, because that worker was usually killed, and the queue itself would wait four hours for it. A job that used
 * up its attempts counts as waiting, so that it is not queued again and again.
 */
export const hasNoLiveJob = (key: RawBuilder<unknown>, seconds: number) => sql`NOT EXISTS (
  SELECT FROM graphile_worker.jobs WHERE key = ${key} AND (
    locked_at IS NULL OR locked_at > clock_timestamp() - make_interval(secs => ${seconds})))`;

/** Calls the queue. The job has its organization as a flag, by which a worker shares its lanes (`fair-turns.ts`). */
function callAddJob(
  name: string,
  payload: RawBuilder<unknown>,
  organizationId: RawBuilder<unknown>,
  {
    key = sql`NULL`,
    queue = sql`NULL`,
    delaySeconds = 0,
    maxAttempts,
    preserveRunAt = false,
  }: Options<RawBuilder<unknown>> & {
    /** True if a job that replaces another keeps its start time. */
    preserveRunAt?: boolean;
  },
) {
  return sql`(graphile_worker.add_job(${name}::text, ${payload},
    queue_name := (${queue})::text, job_key := (${key})::text,
    run_at := now() + make_interval(secs => ${delaySeconds}),
    max_attempts := ${maxAttempts ?? null}::int,
    flags := ARRAY[(${organizationId})::text],
    job_key_mode := ${preserveRunAt ? "preserve_run_at" : "replace"})).id`;
}

/**
 * Minutes after which a locked queue counts as abandoned: longer than a job in a queue usually takes. If a
 * job takes even longer, the next job of its queue may run at the same time.
 */
const STALE_QUEUE_MINUTES = 15;

/**
 * Unlocks the queues of a job that have been locked for more than `STALE_QUEUE_MINUTES`, usually because
 * their worker was killed. Graphile Worker itself would wait four hours, and meanwhile run no other job in
 * these queues. Applies to all organizations.
 */
export async function freeQueues({ $kysely }: Queue["db"], { name }: { name: string }) {
  await sql`
    UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL
    WHERE starts_with(queue_name, ${`${name} `})
      AND locked_at < clock_timestamp() - make_interval(mins => ${STALE_QUEUE_MINUTES})`.execute(
    $kysely,
  );
}

/**
 * SQL condition: no worker runs the job with this key, which belongs to a queue. A job that is queued while it runs
 * starts once more right after it. One that has run for more than `STALE_QUEUE_MINUTES` does not count (`freeQueues`).
 */
export const hasNoRunningJob = (key: RawBuilder<unknown>) => sql`NOT EXISTS (
  SELECT FROM graphile_worker.jobs WHERE key = ${key}
    AND locked_at > clock_timestamp() - make_interval(mins => ${STALE_QUEUE_MINUTES}))`;

const isJob = (value: unknown): value is QueuedJob =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "job";

/** Lists the jobs among the exports of a module, such as a noun's `index.ts`. */
export const listJobs = (noun: object) => Object.values(noun).filter(isJob);

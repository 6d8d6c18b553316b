import { OrganizationId } from "@ringfence/core/ids";
import type { Transaction } from "@ringfence/db";
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";

/*
 * A job is work that a worker does later, queued in the transaction that makes it necessary. `defineJob`
 * names it and says what it gets; `enqueue` queues one; `addJob` queues one for each row of a query. The
 * worker says how each job is done (`apps/worker/src/jobs`), and `jobs.ts` lists all of them.
 */

/** A job that services queue. Every payload also names the organization. */
type QueuedJob<Payload = unknown> = {
  readonly kind: "job";
  /** The name under which the queue stores it. Unique. */
  readonly name: string;
  readonly payload: z.ZodType<Payload & { organizationId: OrganizationId }>;
};

/**
 * Defines a job. Its payload holds ids and settings, nothing personal, because it outlives the erasure of
 * a person.
 */
export const defineJob = <Shape extends z.ZodRawShape>(name: string, shape: Shape) =>
  ({
    kind: "job",
    name,
    payload: z.object({ ...shape, organizationId: OrganizationId }),
  }) as const;

type Options<Text> = {
  /** A job that waits under the same key is replaced, so that work is not queued twice. */
  key?: Text;
  /** Jobs of one queue run one after the other. */
  queue?: Text;
  /** Seconds until a worker may take it. */
  delaySeconds?: number;
  /** Attempts, at growing intervals, before the queue gives up: 25 unless stated. */
  maxAttempts?: number;
};

type Queue = { db: Pick<Transaction, "$kysely"> };
type OrganizationQueue = Queue & { organizationId: OrganizationId };

/** Queues a job of an organization. In a transaction, it is queued only if that commits. */
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
  const added = callAddJob(name, sql`${json}::json`, { ...options, ...text });
  await sql`SELECT ${added}`.execute(db.$kysely);
}

/**
 * Queues one job for everything that happens within some seconds. If an uncommitted transaction has taken
 * the job's key, this job gets none: waiting for it would make all of them run one after the other.
 */
export async function enqueueGathered<Payload extends { organizationId: OrganizationId }>(
  { db, organizationId }: OrganizationQueue,
  { name }: { name: string; payload: z.ZodType<Payload> },
  payload: Omit<Payload, "organizationId">,
  seconds: number,
) {
  const key = `${name}/${organizationId}`;
  const json = JSON.stringify({ organizationId, ...payload });
  const added = callAddJob(name, sql`${json}::json`, {
    key: sql`CASE WHEN pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) THEN ${key} END`,
    delaySeconds: seconds,
    keepsTime: true,
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
  return callAddJob(name, sql`json_build_object(${sql.join(pairs)})`, options);
}

/** Runs a query that queues jobs with `addJob`. Returns how many. */
export async function queueJobs(
  { $kysely }: Queue["db"],
  statement: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await statement.execute($kysely);
  return rows.length;
}

function callAddJob(
  name: string,
  payload: RawBuilder<unknown>,
  {
    key = sql`NULL`,
    queue = sql`NULL`,
    delaySeconds = 0,
    maxAttempts,
    keepsTime = false,
  }: Options<RawBuilder<unknown>> & {
    /** A job that replaces another runs when that one would have run. */
    keepsTime?: boolean;
  },
) {
  return sql`(graphile_worker.add_job(${name}::text, ${payload},
    queue_name := (${queue})::text, job_key := (${key})::text,
    run_at := now() + make_interval(secs => ${delaySeconds}),
    max_attempts := ${maxAttempts ?? null}::int,
    job_key_mode := ${keepsTime ? "preserve_run_at" : "replace"})).id`;
}

/**
 * Longer than jobs with a queue usually take. A job that takes even longer must tolerate another one
 * running beside it.
 */
const STALE_QUEUE_MINUTES = 15;

/**
 * Frees the queues of a job that a killed worker holds. The library by itself would wait four hours, and
 * nothing behind it in its queue would be done. Crosses organizations, as the queue does.
 */
export async function freeQueues({ $kysely }: Queue["db"], { name }: { name: string }) {
  await sql`
    UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL
    WHERE starts_with(queue_name, ${`${name} `})
      AND locked_at < clock_timestamp() - make_interval(mins => ${STALE_QUEUE_MINUTES})`.execute(
    $kysely,
  );
}

const isJob = (value: unknown): value is QueuedJob =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "job";

/** The jobs that a noun's `index.ts` exports. */
export const jobsIn = (noun: object) => Object.values(noun).filter(isJob);

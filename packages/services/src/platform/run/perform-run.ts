import { sql } from "kysely";
import { selectRows } from "../rows.ts";
import { command } from "../verb.ts";
import { z } from "zod";
import { RunClaim, RunProgress, SILENT_AFTER_S } from "@ringfence/core/platform/run";
import type { RunId } from "@ringfence/core/ids";
import type { ServiceContext, TransactionContext } from "../context.ts";
import { type Message, StoredMessage, toStoredMessage } from "@ringfence/core/platform/message";
import { ServiceError } from "../errors.ts";

/**
 * Most tries (`ClaimedRun`) of a run; the next claim fails it. A run that killed its worker so often would kill the
 * next.
 */
const MAX_TRIES = 10;

/** What `claimRun` found. The worker performs the run only after `claimed`. */
export type ClaimedRun =
  /** `startedAt` is the database's time: what the worker reads after this is at least as new. */
  | {
      outcome: "claimed";
      claim: RunClaim;
      /** Number of claims, including this one, without those that a stop of the worker ended. `claim.attempt` counts all. */
      tries: number;
      subjectId: string;
      startedAt: Date;
    }
  /** Another worker is working on it, according to its heartbeat; or it is a run of another job that has not ended. */
  | { outcome: "taken" }
  /** The run has ended or does not exist. */
  | { outcome: "over" };

/**
 * Gives a worker a run of the acting job, which is one piece of work that people can watch, such as an import. The run
 * must be waiting, or its worker silent for `SILENT_AFTER_S`; the silent worker then loses it, and its later calls
 * return false. If two workers ask at once, only one gets it. Progress and error of an earlier try are cleared.
 */
export const claimRun = command({
  name: "claimRun",
  action: "run.perform",
  input: RunClaim.omit({ attempt: true }),
  run: async (ctx, { runId, worker }): Promise<ClaimedRun> => {
    const [run] = await takeRun(ctx, runId, worker);
    if (run === undefined) return { outcome: await findOutcome(ctx, runId) };

    const { attempt, ...claimed } = run;
    if (run.tries <= MAX_TRIES) {
      return { outcome: "claimed", claim: { runId, worker, attempt }, ...claimed };
    }
    await giveUp(ctx, runId);
    return { outcome: "over" };
  },
  audit: "none",
});

const takeRun = ({ db, organizationId, actor }: TransactionContext, runId: RunId, worker: string) =>
  selectRows(
    { db },
    z.object({
      attempt: z.number(),
      tries: z.number(),
      subjectId: z.string(),
      startedAt: z.date(),
    }),
    sql`
  UPDATE run
  SET status = 'running', worker = ${worker}, attempt = attempt + 1, progress = NULL, error = NULL,
    heartbeat_at = clock_timestamp(), started_at = clock_timestamp()
  WHERE organization_id = ${organizationId}::uuid AND id = ${runId}::uuid
    AND job = ${actor.type === "job" ? actor.name : ""}
    AND (status = 'queued'
      OR status = 'running' AND heartbeat_at < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_S}))
  RETURNING attempt, attempt - stops AS tries, subject_id AS "subjectId", started_at AS "startedAt"`,
  );

async function findOutcome({ db, organizationId }: TransactionContext, id: RunId) {
  const isOpen = { in: ["queued" as const, "running" as const] };
  return (await db.run.count({ where: { organizationId, id, status: isOpen } })) > 0
    ? "taken"
    : "over";
}

/** Fails a run. Uses the clock that started it just now, so that it never ends before its start. */
async function giveUp({ db, organizationId }: TransactionContext, id: RunId) {
  const error = { key: "run.gave-up", values: { attempts: MAX_TRIES } };
  await db.$executeRaw`
    UPDATE run SET status = 'failed', error = ${JSON.stringify(error)}::jsonb,
      ended_at = clock_timestamp()
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
}

/**
 * Records that a run continues, and its progress. The worker calls it every five seconds. Returns false if another
 * worker took the run over, or if it was canceled or has ended; the worker must then stop.
 */
export const sendHeartbeat = command({
  name: "sendHeartbeat",
  action: "run.perform",
  input: z.strictObject({ claim: RunClaim, progress: RunProgress }),
  run: async (ctx, { claim, progress }): Promise<boolean> =>
    updateClaimedRun(ctx, claim, { progress, heartbeatAt: ctx.now }),
  audit: "none",
});

/** Outcome of a run: ids, counts and words of ours. */
export type RunOutcome = {
  [key: string]: string | number | boolean | null | RunOutcome | RunOutcome[];
};
const RunOutcome: z.ZodType<RunOutcome> = z.lazy(() => {
  const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
  return z.record(z.string(), z.union([plain, RunOutcome, RunOutcome.array()]));
});

/** Why a run failed or waits again. Its key is ours; the compiler has checked the values. */
const RunError = z.custom<Message>((error) => MessageKeyed.safeParse(error).success);
const MessageKeyed = StoredMessage.pick({ key: true });

/** End of a run; `error` is null if it succeeded. */
export const RunEnd = z.strictObject({
  claim: RunClaim,
  outcome: RunOutcome,
  error: RunError.nullable(),
});
export type RunEnd = z.infer<typeof RunEnd>;

/** Ends a run, successful or not. False if it is no longer this worker's. */
export const endRun = (ctx: ServiceContext, { claim, outcome, error }: RunEnd): Promise<boolean> =>
  error === null ? finishRun(ctx, { claim, outcome }) : failRun(ctx, { claim, outcome, error });

/** Ends a successful run. False if it is no longer this worker's. */
export const finishRun = command({
  name: "finishRun",
  action: "run.perform",
  input: RunEnd.omit({ error: true }),
  run: async (ctx, { claim, outcome }): Promise<boolean> =>
    updateClaimedRun(ctx, claim, { status: "done", outcome, endedAt: ctx.now }),
  audit: "none",
});

/** Ends a failed run, with the reason. False if it is no longer this worker's. */
export const failRun = command({
  name: "failRun",
  action: "run.perform",
  input: z.strictObject({ claim: RunClaim, error: RunError, outcome: RunOutcome.optional() }),
  run: async (ctx, { claim, error, outcome = {} }): Promise<boolean> =>
    updateClaimedRun(ctx, claim, {
      status: "failed",
      error: toStoredMessage(error),
      outcome,
      endedAt: ctx.now,
    }),
  audit: "none",
});

/**
 * Lets a run wait for its next claim, with the reason. `isStop`: only because the worker was asked to stop, which does
 * not count as a try. False if it is no longer this worker's.
 */
export const releaseRun = command({
  name: "releaseRun",
  action: "run.perform",
  input: z.strictObject({ claim: RunClaim, reason: RunError, isStop: z.boolean() }),
  run: async (ctx, { claim, reason, isStop }): Promise<boolean> =>
    updateClaimedRun(ctx, claim, {
      status: "queued",
      worker: null,
      error: toStoredMessage(reason),
      ...(isStop && { stops: { increment: 1 } }),
    }),
  audit: "none",
});

/**
 * Asserts that a run is still this worker's. Throws `conflict`, which rolls back the transaction, if it was taken over
 * or has ended, or was canceled (only readings of registries can be). A cancellation from now on waits until the
 * transaction has ended; what the transaction did stays. The heartbeat stays as it is, because the transaction may have
 * begun long before the last heartbeat.
 */
export async function assertClaim(ctx: TransactionContext, claim: RunClaim) {
  if (await updateClaimedRun(ctx, claim, { worker: claim.worker })) return;
  throw new ServiceError("conflict", { key: "run.canceled" });
}

type Change = Parameters<TransactionContext["db"]["run"]["updateMany"]>[0]["data"];

/** Updates a run for the worker that claims it. False if another worker took it over, or it was canceled or has ended. */
export async function updateClaimedRun(
  { db, organizationId }: TransactionContext,
  { runId, worker, attempt }: RunClaim,
  data: Change,
): Promise<boolean> {
  const { count } = await db.run.updateMany({
    where: { organizationId, id: runId, worker, attempt, status: "running" },
    data,
  });
  return count === 1;
}

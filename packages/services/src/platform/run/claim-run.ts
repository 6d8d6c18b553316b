import { command } from "../verb.ts";
import { z } from "zod";
import { type RunClaim, SILENT_AFTER_S } from "@ringfence/core/platform/run";
import type { RunId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";

/** A worker that was killed so often would be killed again. */
const ATTEMPTS_MAX = 10;

export type ClaimedRun =
  /** `startedAt` is the database's time: what is read from now on is at least as new. */
  | { outcome: "claimed"; claim: RunClaim; subjectId: string; startedAt: Date }
  /** Another worker works on it, as its heartbeat tells. */
  | { outcome: "taken" }
  /** It has ended, or there is none. */
  | { outcome: "over" };

/**
 * Gives a run to a worker: one that waits, or one whose worker fell silent. Of two that
 * ask at once, one gets it.
 */
export const claimRun = command({
  name: "claimRun",
  action: "run.perform",
  input: z.custom<{ runId: RunId; worker: string }>(),
  run: async (ctx, { runId, worker }): Promise<ClaimedRun> => {
    const [run] = await takeRun(ctx, runId, worker);
    if (run === undefined) return { outcome: await stateOf(ctx, runId) };

    const { attempt, subjectId, startedAt } = run;
    if (attempt <= ATTEMPTS_MAX) {
      return { outcome: "claimed", claim: { runId, worker, attempt }, subjectId, startedAt };
    }
    await giveUp(ctx, runId);
    return { outcome: "over" };
  },
  audit: "by run",
});

const takeRun = (
  { db, organizationId, actor }: TransactionContext,
  runId: RunId,
  worker: string,
) => db.$queryRaw<{ attempt: number; subjectId: string; startedAt: Date }[]>`
  UPDATE run
  SET status = 'running', worker = ${worker}, attempt = attempt + 1, progress = NULL, error = NULL,
    heartbeat_at = clock_timestamp(), started_at = clock_timestamp()
  WHERE organization_id = ${organizationId}::uuid AND id = ${runId}::uuid
    AND job = ${actor.type === "job" ? actor.name : ""}
    AND (status = 'queued'
      OR status = 'running' AND heartbeat_at < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_S}))
  RETURNING attempt, subject_id AS "subjectId", started_at AS "startedAt"`;

async function stateOf({ db, organizationId }: TransactionContext, id: RunId) {
  const isOpen = { in: ["queued" as const, "running" as const] };
  return (await db.run.count({ where: { organizationId, id, status: isOpen } })) > 0
    ? "taken"
    : "over";
}

/** By the clock by which it was started just now: it ends no earlier than that. */
async function giveUp({ db, organizationId }: TransactionContext, id: RunId) {
  const error = { key: "run.gave-up", values: { attempts: ATTEMPTS_MAX } };
  await db.$executeRaw`
    UPDATE run SET status = 'failed', error = ${JSON.stringify(error)}::jsonb,
      ended_at = clock_timestamp()
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
}

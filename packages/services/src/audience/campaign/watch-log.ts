import { isNegativeResponse, toCallResponse } from "@ringfence/core/audience/campaign";
import type { TransactionContext } from "../../platform/internal.ts";
import { pauseOverLimit } from "./refusal-limit.ts";

/** Call logs that arrive within this many seconds are counted together. */
const GATHERED_S = 2;

/**
 * Watches the campaigns named in a call log. Refusals in it are counted at once. Two concurrent logs do not
 * see each other, so a worker counts again when both are recorded.
 */
export const watchCallLog = async (
  ctx: TransactionContext,
  calls: readonly { campaign: string; outcome: string | null }[],
) => {
  const { db, organizationId } = ctx;
  const named = [...new Set(calls.map(({ campaign }) => campaign))];
  if (named.length === 0) return;
  const watched = await db.campaign.count({
    where: { organizationId, state: "running", key: { in: named } },
  });
  if (watched === 0) return;
  const refused = calls.filter(({ outcome }) => isNegativeResponse(toCallResponse(outcome)));
  if (refused.length > 0) {
    await pauseOverLimit(ctx, [...new Set(refused.map(({ campaign }) => campaign))]);
  }
  // If an uncommitted log has taken the job's name, this one gets none: waiting for it would serialize all
  // logs.
  const name = `campaign.watch/${organizationId}`;
  await db.$executeRaw`
    SELECT graphile_worker.add_job('campaign.watch',
      json_build_object('organizationId', ${organizationId}::uuid),
      run_at := now() + make_interval(secs => ${GATHERED_S}),
      job_key := CASE WHEN pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) THEN ${name} END,
      job_key_mode := 'preserve_run_at')`;
};

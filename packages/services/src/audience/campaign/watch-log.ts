import { isAgainst, responseOf } from "@ringfence/core/audience/campaign";
import type { TransactionContext } from "../../platform/context.ts";
import { holdOverLimit } from "./refusal-limit.ts";

/** Logs that come within so many seconds are counted together. */
const GATHERED_S = 2;

/**
 * Watches campaigns of which a log tells. What refuses in it is counted at once, with all that is on record.
 * Two logs that come at once do not see each other, so a worker counts again when both are on record.
 */
export const watchLog = async (
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
  const refused = calls.filter(({ outcome }) => isAgainst(responseOf(outcome)));
  if (refused.length > 0) {
    await holdOverLimit(ctx, [...new Set(refused.map(({ campaign }) => campaign))]);
  }
  // While another log that is not on record yet has asked by this name, this one asks by none: to wait for
  // it would put all logs in a row.
  const name = `campaign.watch/${organizationId}`;
  await db.$executeRaw`
    SELECT graphile_worker.add_job('campaign.watch',
      json_build_object('organizationId', ${organizationId}::uuid),
      run_at := now() + make_interval(secs => ${GATHERED_S}),
      job_key := CASE WHEN pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) THEN ${name} END,
      job_key_mode := 'preserve_run_at')`;
};

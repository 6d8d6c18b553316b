import { rolesThatMay } from "@ringfence/core/platform/access";
import type { RefusalBurstId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../endpoint/announce-changes.ts";

/** Announces a burst to endpoints, and mails every member who can act on it. */
export async function raiseBurstAlarm(ctx: TransactionContext, burstId: RefusalBurstId) {
  const { db, organizationId } = ctx;
  await announceChanges(ctx, "opt-out.burst", [burstId]);
  await db.$executeRaw`
    SELECT graphile_worker.add_job('burst-alarm.send', json_build_object(
        'organizationId', organization_id, 'burstId', ${burstId}::uuid, 'memberId', id),
      job_key := ${burstId} || ' ' || id, max_attempts := 12)
    FROM member WHERE organization_id = ${organizationId}::uuid AND removed_at IS NULL
      AND role::text = ANY (${rolesThatMay("opt-out.correct")})`;
}

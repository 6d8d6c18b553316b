import type { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import {
  type TransactionContext,
  addJob,
  defineJob,
  enqueue,
  queueJobs,
} from "../../platform/internal.ts";
import { EndpointId } from "@ringfence/core/ids";
import { sql } from "kysely";

/** Sends an endpoint its due deliveries. */
export const deliverWebhooksJob = defineJob("webhook.deliver", { endpointId: EndpointId });

/**
 * Queues changes for every enabled endpoint that receives them, in the transaction of the change: either both
 * happen or neither. `subjectIds` are ids of opt-outs, consent events, editions, violations, campaign
 * steps, registry alerts, bursts, or blocked-list editions.
 */
export async function announceChanges(
  { db, organizationId, now }: Pick<TransactionContext, "db" | "organizationId" | "now">,
  event: EndpointEvent,
  subjectIds: readonly string[],
) {
  if (subjectIds.length === 0) return;
  const deliver = addJob(deliverWebhooksJob, {
    organizationId: sql`${organizationId}::uuid`,
    endpointId: sql`endpoint_id`,
  });
  await queueJobs(
    db,
    sql`WITH announced AS (
      INSERT INTO delivery (organization_id, id, endpoint_id, event, subject_id, due_at, created_at)
      SELECT endpoint.organization_id, uuid7(), endpoint.id, ${event}, subject_id,
        -- every_minutes is null for an endpoint that is told at once.
        coalesce(date_bin(make_interval(mins => every_minutes), ${now}, '2000-01-01 00:00Z')
          + make_interval(mins => every_minutes), ${now}), ${now}
      FROM endpoint CROSS JOIN unnest(${[...subjectIds]}::uuid[]) AS subject_id
      WHERE endpoint.organization_id = ${organizationId}::uuid AND ${event} = ANY (events)
        AND disabled_at IS NULL
      RETURNING endpoint_id
    )
    SELECT ${deliver} FROM (SELECT DISTINCT endpoint_id FROM announced) AS receiving`,
  );
}

/** Queues a job that sends the due deliveries of an endpoint, `delaySeconds` from now. */
export const queueDeliveries = (
  ctx: TransactionContext,
  endpointId: EndpointId,
  delaySeconds = 0,
) => enqueue(ctx, deliverWebhooksJob, { endpointId }, { delaySeconds });

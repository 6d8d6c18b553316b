import { sql } from "kysely";
import { findRetryDelay } from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId, EndpointId } from "@ringfence/core/ids";
import { type TransactionContext, command, selectRows, toTable } from "../../platform/internal.ts";
import { queueDeliveries } from "../outbox/internal.ts";
import { z } from "zod";

/** Outcome of an attempt: the HTTP status of the receiver's answer, or the fault because of which it failed. */
export const DeliveryOutcome = z.union([
  z.object({ status: z.int(), retryAfterSeconds: z.int().optional() }),
  /** `not-encrypted`, `private-host`, `timeout`, a network code or a dialer's answer; nothing personal. */
  z.object({ fault: z.string().max(128) }),
]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/**
 * An attempt at a delivery, counted from 1. A delivery that goes along in a file before it is due keeps the number of
 * its last attempt: 0 if it was never due.
 */
export const DeliveryAttempt = z.object({ deliveryId: DeliveryId, attempt: z.int() });
type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

/**
 * The other side says that it is gone for good (RFC 9110): the endpoint is disabled, and what was sent to it is dead.
 */
const GONE = 410;

/**
 * Records the outcome of an attempt at deliveries to one endpoint: delivered (status 2xx), to be retried (which is
 * queued), or dead. After a failure, deliveries that were sent along before they were due keep their due time. Records
 * nothing for a delivery that was settled meanwhile, or of which another worker has begun the next attempt. Returns how
 * long each refusal took that was delivered for the first time.
 */
export const settleDeliveries = command({
  name: "settleDeliveries",
  action: "delivery.send",
  input: z.strictObject({
    deliveries: z.array(DeliveryAttempt).readonly(),
    outcome: DeliveryOutcome,
  }),
  transaction: { timeoutMs: 60_000 },
  run: (ctx, { deliveries, outcome }) => settleAttempts(ctx, deliveries, outcome),
  audit: "none",
});

/**
 * `delaySeconds`: time until the next attempt; null if there is none. `refusalSeconds`: of each refusal that was
 * delivered for the first time, the time since it was acknowledged.
 */
const SettledEndpoint = z.object({
  endpointId: EndpointId,
  delaySeconds: z.number().nullable(),
  refusalSeconds: z.array(z.number()),
});

async function settleAttempts(
  ctx: TransactionContext,
  deliveries: readonly DeliveryAttempt[],
  outcome: DeliveryOutcome,
): Promise<Pick<z.infer<typeof SettledEndpoint>, "refusalSeconds">> {
  const { db, organizationId, now } = ctx;
  const httpStatus = "status" in outcome ? outcome.status : null;
  const isDelivered = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
  const requested = "status" in outcome ? (outcome.retryAfterSeconds ?? null) : null;
  const isOver = isDelivered || httpStatus === GONE;
  // A delivery that was never due has not been attempted yet.
  const delayAfter = (attempt: number) =>
    isOver ? null : findRetryDelay(Math.max(attempt, 1), requested);

  const attempts = deliveries.map(({ deliveryId, attempt }) => ({
    id: deliveryId,
    attempt,
    delay: delayAfter(attempt),
  }));
  const [settled] = await selectRows(
    { db },
    SettledEndpoint,
    sql`
    WITH tried AS (
      SELECT id, attempt,
        -- Spread a little, so that what failed together with others is not tried together with them.
        make_interval(secs => delay * (SELECT 1 + random() / 10)) AS delay
      FROM ${toTable(attempts, { id: "uuid", attempt: "int", delay: "int" })} AS tried
    ), settled AS (
      UPDATE delivery
      SET status = CASE WHEN delay IS NOT NULL THEN 'pending' ELSE ${isDelivered ? "delivered" : "dead"} END,
        attempted_at = ${now}, claimed_until = NULL,
        heard_at = CASE WHEN ${isDelivered} THEN coalesce(heard_at, ${now}) ELSE heard_at END,
        outcome = ${JSON.stringify(outcome)}::jsonb,
        due_at = CASE WHEN delay IS NOT NULL AND due_at > ${now}::timestamptz THEN due_at
          ELSE ${now}::timestamptz + coalesce(delay, interval '0') END
      FROM tried
      WHERE organization_id = ${organizationId}::uuid AND delivery.id = tried.id
        AND status = 'pending' AND attempts = attempt
      RETURNING endpoint_id, status, due_at,
        CASE WHEN event = 'opt-out.recorded' AND heard_at = ${now}::timestamptz
          THEN extract(epoch FROM heard_at - created_at)::float8 END AS refusal_seconds
    )
    SELECT endpoint_id AS "endpointId", extract(epoch FROM
      min(due_at) FILTER (WHERE status = 'pending') - ${now}::timestamptz)::float8 AS "delaySeconds",
      coalesce(array_agg(refusal_seconds) FILTER (WHERE refusal_seconds IS NOT NULL), '{}') AS "refusalSeconds"
    FROM settled GROUP BY endpoint_id`,
  );
  if (settled === undefined) return { refusalSeconds: [] };
  const { endpointId, delaySeconds, refusalSeconds } = settled;
  if (delaySeconds !== null) await queueDeliveries(ctx, endpointId, delaySeconds);
  await updateHealth(ctx, endpointId, { isDelivered, isGone: httpStatus === GONE });
  return { refusalSeconds };
}

/** Records when an endpoint last received something or since when it fails, and disables one that is gone. */
async function updateHealth(
  { db, organizationId, now }: TransactionContext,
  id: EndpointId,
  { isDelivered, isGone }: { isDelivered: boolean; isGone: boolean },
) {
  if (isDelivered) {
    await db.endpoint.updateMany({
      where: { organizationId, id },
      data: { deliveredAt: now, failingSince: null },
    });
    return;
  }
  await db.endpoint.updateMany({
    where: { organizationId, id, failingSince: null },
    data: { failingSince: now },
  });
  if (!isGone) return;
  await db.endpoint.updateMany({
    where: { organizationId, id, disabledAt: null },
    data: { disabledAt: now },
  });
}

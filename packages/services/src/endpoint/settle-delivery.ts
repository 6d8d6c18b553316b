import { retryDelay } from "@ringfence/core/endpoint";
import { type DeliveryId, EndpointId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import type { DeliveryOutcome } from "./delivery-outcome.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

type Settle = { deliveryId: DeliveryId; attempt: number; outcome: DeliveryOutcome };

/** The other side says that it is gone for good (RFC 9110): it is not asked again. */
const GONE = 410;

/**
 * Puts on record what came of an attempt: delivered, to be tried again, or dead. Of an attempt that was
 * taken from its worker nothing is put on record.
 */
export async function settleDelivery(
  ctx: ServiceContext,
  { deliveryId, attempt, outcome }: Settle,
): Promise<void> {
  allow(ctx, "delivery.send");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const status = "status" in outcome ? outcome.status : null;
    const isDelivered = status !== null && status >= 200 && status < 300;
    const asked = "status" in outcome ? (outcome.retryAfterSeconds ?? null) : null;
    const delay = isDelivered || status === GONE ? null : retryDelay(attempt, asked);
    const ended = isDelivered ? "delivered" : "dead";

    const [settled] = await db.$queryRaw<{ endpointId: string; delaySeconds: number }[]>`
      UPDATE delivery
      SET status = ${delay === null ? ended : "pending"}, attempted_at = ${now}, claimed_until = NULL,
        heard_at = CASE WHEN ${isDelivered} THEN coalesce(heard_at, ${now}) ELSE heard_at END,
        outcome = ${JSON.stringify(outcome)}::jsonb,
        -- Spread a little, so that what failed together is not tried together.
        due_at = ${now}::timestamptz + make_interval(secs => ${delay ?? 0}::int * (1 + random() / 10))
      WHERE organization_id = ${organizationId}::uuid AND id = ${deliveryId}::uuid
        AND status = 'pending' AND attempts = ${attempt}
      RETURNING endpoint_id AS "endpointId",
        extract(epoch FROM due_at - ${now}::timestamptz)::float8 AS "delaySeconds"`;
    if (settled === undefined) return;
    const endpointId = EndpointId.parse(settled.endpointId);
    if (delay !== null) await queueDeliveries(ctx, endpointId, settled.delaySeconds);
    await noteHealth(ctx, endpointId, { isDelivered, isGone: status === GONE });
  });
}

async function noteHealth(
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

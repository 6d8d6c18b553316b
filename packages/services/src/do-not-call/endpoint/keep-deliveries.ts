import type { DeliveryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";

/**
 * Keeps deliveries for another two minutes for the worker that has them: a long file is still on its way.
 * Throws where another may have them already.
 */
export async function keepDeliveries(
  ctx: ServiceContext,
  deliveries: readonly { deliveryId: DeliveryId; attempt: number }[],
): Promise<void> {
  allow(ctx, "delivery.send");

  await inTransaction(ctx, async ({ db, organizationId }) => {
    const kept = await db.$executeRaw`
      UPDATE delivery SET claimed_until = clock_timestamp() + interval '2 minutes'
      FROM unnest(${deliveries.map(({ deliveryId }) => deliveryId)}::uuid[],
        ${deliveries.map(({ attempt }) => attempt)}::int[]) AS ours (id, attempts)
      WHERE organization_id = ${organizationId}::uuid AND delivery.id = ours.id
        AND delivery.attempts = ours.attempts AND status = 'pending'
        AND claimed_until > clock_timestamp()`;
    if (kept < deliveries.length) throw new Error("deliveries are another worker's");
  });
}

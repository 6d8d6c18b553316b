import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { DeliveryId } from "@ringfence/core/ids";

/**
 * Keeps deliveries for another two minutes for the worker that has them: a long file is still on its way.
 * Throws where another may have them already.
 */
export const keepDeliveries = command({
  name: "keepDeliveries",
  action: "delivery.send",
  input: z.custom<readonly { deliveryId: DeliveryId; attempt: number }[]>(),
  run: async ({ db, organizationId }, deliveries): Promise<void> => {
    const kept = await db.$executeRaw`
      UPDATE delivery SET claimed_until = clock_timestamp() + interval '2 minutes'
      FROM unnest(${deliveries.map(({ deliveryId }) => deliveryId)}::uuid[],
        ${deliveries.map(({ attempt }) => attempt)}::int[]) AS ours (id, attempts)
      WHERE organization_id = ${organizationId}::uuid AND delivery.id = ours.id
        AND delivery.attempts = ours.attempts AND status = 'pending'
        AND claimed_until > clock_timestamp()`;
    if (kept < deliveries.length) throw new Error("deliveries are another worker's");
  },
  audit: "by run",
});

import { EndpointId, OrganizationId } from "@ringfence/core/ids";
import { claimDeliveries, type DeliveryToSend, settleDelivery } from "@ringfence/services/endpoint";
import { z } from "zod";
import { tell } from "../deliveries/tell.ts";
import { defineJob } from "./define-job.ts";

/** As many are on their way to one endpoint at once. */
const MOST_AT_ONCE = 10;

/** Tells an endpoint all that is due for it. */
export const deliverWebhooks = defineJob({
  name: "webhook.deliver",
  lane: "express",
  payload: z.object({ organizationId: OrganizationId, endpointId: EndpointId }),
  async run({ organizationId, endpointId }, { db, keys, sources, signal }) {
    const actor = { type: "job", name: "webhook.deliver" } as const;
    const ctx = { db, keys, organizationId, actor };
    const { privateHosts } = sources;
    const send = async ({ deliveryId, attempt, ...told }: DeliveryToSend) => {
      const outcome = await tell(told, { privateHosts, signal });
      await settleDelivery(ctx, { deliveryId, attempt, outcome });
    };
    for (;;) {
      signal.throwIfAborted();
      const claimed = await claimDeliveries(ctx, { endpointId, limit: MOST_AT_ONCE });
      if (claimed.length === 0) return;
      await Promise.all(claimed.map(send));
    }
  },
});

import { command } from "../../platform/verb.ts";
import { ReplayDeliveries } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

/**
 * Sends what was delivered, or is dead, once more, under the same id, so that who has it already knows.
 * What is on its way is left alone. Answers how many are sent again.
 */
export const replayDeliveries = command({
  name: "replayDeliveries",
  action: "delivery.replay",
  input: ReplayDeliveries,
  run: async (ctx, which) => {
    const { db, organizationId, now } = ctx;
    const isOne = "deliveryId" in which;
    const where = isOne ? { id: which.deliveryId } : { endpointId: which.endpointId };
    const found = await db.delivery.findFirst({ where: { organizationId, ...where } });
    if (found === null && isOne) throw new ServiceError("not-found", { key: "delivery.not-found" });
    if (found === null) return { replayed: 0 };

    const status = { in: isOne ? ["delivered", "dead"] : ["dead"] };
    const { count: replayed } = await db.delivery.updateMany({
      where: { organizationId, ...where, status },
      data: { status: "pending", attempts: 0, dueAt: now, claimedUntil: null },
    });
    const endpointId = EndpointId.parse(found.endpointId);
    if (replayed > 0) await queueDeliveries(ctx, endpointId);
    await appendAudit(ctx, "delivery.replay", { endpointId, replayed });
    return { replayed };
  },
  audit: "by run",
});

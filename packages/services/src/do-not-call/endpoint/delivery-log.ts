import { ServiceError, command, query } from "../../platform/internal.ts";
import {
  DeliveryStatus,
  EndpointEvent,
  ListDeliveries,
  ReplayDeliveries,
} from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId, EndpointId } from "@ringfence/core/ids";
import { DeliveryOutcome } from "./delivery-outcomes.ts";
import { queueDeliveries } from "../outbox/internal.ts";

/** Lists deliveries with their outcomes in pages, newest first; `next` is null at the end. */
export const listDeliveries = query({
  name: "listDeliveries",
  action: "endpoint.read",
  input: ListDeliveries,
  run: async ({ db, organizationId }, { endpointId, status, after, limit }) => {
    const rows = await db.delivery.findMany({
      where: {
        organizationId,
        ...(endpointId && { endpointId }),
        ...(status && { status }),
        ...(after && { id: { lt: after } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      include: { endpoint: { select: { name: true } } },
    });
    const items = rows.slice(0, limit).map(({ endpoint, ...row }) => ({
      id: DeliveryId.parse(row.id),
      endpoint: { id: EndpointId.parse(row.endpointId), name: endpoint.name },
      event: EndpointEvent.parse(row.event),
      subjectId: row.subjectId,
      status: DeliveryStatus.parse(row.status),
      attempts: row.attempts,
      createdAt: row.createdAt,
      attemptedAt: row.attemptedAt,
      dueAt: row.status === "pending" ? row.dueAt : null,
      outcome: row.outcome === null ? null : DeliveryOutcome.parse(row.outcome),
    }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/**
 * Sends deliveries again, under the same id, so that receivers recognize them: one that was delivered or is dead, or
 * all dead ones of an endpoint. Skips deliveries that are pending. Returns how many are sent again.
 */
export const replayDeliveries = command({
  name: "replayDeliveries",
  action: "delivery.replay",
  input: ReplayDeliveries,
  run: async (ctx, input) => {
    const { db, organizationId, now } = ctx;
    const isOne = "deliveryId" in input;
    const where = isOne ? { id: input.deliveryId } : { endpointId: input.endpointId };
    const found = await db.delivery.findFirst({ where: { organizationId, ...where } });
    if (found === null && isOne) throw new ServiceError("not-found", { key: "delivery.not-found" });
    if (found === null) return { endpointId: null, replayed: 0 };

    const status = { in: isOne ? ["delivered", "dead"] : ["dead"] };
    const { count: replayed } = await db.delivery.updateMany({
      where: { organizationId, ...where, status },
      data: { status: "pending", attempts: 0, dueAt: now, claimedUntil: null },
    });
    const endpointId = EndpointId.parse(found.endpointId);
    if (replayed > 0) await queueDeliveries(ctx, endpointId);
    return { endpointId, replayed };
  },
  audit: ({ endpointId, replayed }) => (endpointId === null ? null : { endpointId, replayed }),
  answer: ({ replayed }) => ({ replayed }),
});

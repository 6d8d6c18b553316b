import { query } from "../../platform/verb.ts";
import {
  DeliveryStatus,
  EndpointEvent,
  ListDeliveries,
} from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId, EndpointId } from "@ringfence/core/ids";
import { DeliveryOutcome } from "./delivery-outcome.ts";

/** What was told to whom, the newest first, page after page; `next` is null at the end. */
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
  audit: "by run",
});

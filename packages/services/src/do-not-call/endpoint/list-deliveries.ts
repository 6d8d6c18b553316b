import {
  DeliveryStatus,
  EndpointEvent,
  type ListDeliveries,
} from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId, EndpointId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { DeliveryOutcome } from "./delivery-outcome.ts";

/** What was told to whom, the newest first, page after page; `next` is null at the end. */
export async function listDeliveries(
  ctx: ServiceContext,
  { endpointId, status, after, limit }: ListDeliveries,
) {
  allow(ctx, "endpoint.read");

  return inTransaction(ctx, async ({ db, organizationId }) => {
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
  });
}

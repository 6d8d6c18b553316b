import type { EndpointId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireEndpoint } from "./require-endpoint.ts";

/** Puts on record that all was heard that a dialer refuses, up to the instant in which it was asked. */
export async function recordPull(
  ctx: ServiceContext,
  { endpointId, askedAt: pulledAt }: { endpointId: EndpointId; askedAt: Date },
): Promise<void> {
  allow(ctx, "delivery.send");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await requireEndpoint(ctx, endpointId);
    await db.endpoint.updateMany({ where: { organizationId, id: endpointId }, data: { pulledAt } });
  });
}

import type { SourceId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireSource } from "./require-source.ts";

/** Believes an account no more, and forgets its secret. What came from it stays on record. */
export async function disconnectSource(ctx: ServiceContext, sourceId: SourceId) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { provider } = await requireSource(ctx, sourceId);
    await db.inboundSource.deleteMany({ where: { organizationId, id: sourceId } });
    await appendAudit(ctx, "inbound.change", { provider, change: "disconnected" });
  });
}

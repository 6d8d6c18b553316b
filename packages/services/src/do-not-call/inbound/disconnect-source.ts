import { command } from "../../platform/verb.ts";
import { SourceId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { requireSource } from "./require-source.ts";

/** Believes an account no more, and forgets its secret. What came from it stays on record. */
export const disconnectSource = command({
  name: "disconnectSource",
  action: "inbound.change",
  input: SourceId,
  run: async (ctx, sourceId) => {
    const { db, organizationId } = ctx;
    const { provider } = await requireSource(ctx, sourceId);
    await db.inboundSource.deleteMany({ where: { organizationId, id: sourceId } });
    await appendAudit(ctx, "inbound.change", { provider, change: "disconnected" });
  },
  audit: "by run",
});

import type { SessionId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireSelf } from "./require-self.ts";

/** Ends one of the member's own sessions. What has ended already is left so. */
export async function endSession(ctx: ServiceContext, { sessionId }: { sessionId: SessionId }) {
  allow(ctx, "session.end");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { count } = await db.session.deleteMany({
      where: { organizationId, id: sessionId, memberId: requireSelf(ctx) },
    });
    if (count > 0) await appendAudit(ctx, "session.end", { sessionId });
    return { hasEnded: count > 0 };
  });
}

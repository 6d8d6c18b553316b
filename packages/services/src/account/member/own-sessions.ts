import { SessionId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireSelf } from "./require-self.ts";

/** Where a member is signed in, last first. */
export async function ownSessions(ctx: ServiceContext) {
  allow(ctx, "session.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const rows = await db.session.findMany({
      where: { organizationId, memberId: requireSelf(ctx), expiresAt: { gt: now } },
      orderBy: { id: "desc" },
      select: { id: true, createdAt: true, expiresAt: true },
    });
    return rows.map(({ id, ...row }) => ({ sessionId: SessionId.parse(id), ...row }));
  });
}

import { query } from "../../platform/verb.ts";
import { SessionId } from "@ringfence/core/ids";
import { requireSelf } from "./require-self.ts";

/** Where a member is signed in, last first. */
export const ownSessions = query({
  name: "ownSessions",
  action: "session.read",
  run: async (ctx) => {
    const { db, organizationId, now } = ctx;
    const rows = await db.session.findMany({
      where: { organizationId, memberId: requireSelf(ctx), expiresAt: { gt: now } },
      orderBy: { id: "desc" },
      select: { id: true, createdAt: true, expiresAt: true },
    });
    return rows.map(({ id, ...row }) => ({ sessionId: SessionId.parse(id), ...row }));
  },
  audit: "by run",
});

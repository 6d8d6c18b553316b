import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { SessionId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { requireSelf } from "./require-self.ts";

/** Ends one of the member's own sessions. What has ended already is left so. */
export const endSession = command({
  name: "endSession",
  action: "session.end",
  input: z.custom<{ sessionId: SessionId }>(),
  run: async (ctx, { sessionId }) => {
    const { db, organizationId } = ctx;
    const { count } = await db.session.deleteMany({
      where: { organizationId, id: sessionId, memberId: requireSelf(ctx) },
    });
    if (count > 0) await appendAudit(ctx, "session.end", { sessionId });
    return { hasEnded: count > 0 };
  },
  audit: "by run",
});

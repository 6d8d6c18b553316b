import { command } from "../../platform/verb.ts";
import { DeclareEmergency } from "@ringfence/core/people/jurisdiction";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/** From now on calls into the place are judged as in an emergency, until `endEmergency`. */
export const declareEmergency = command({
  name: "declareEmergency",
  action: "emergency.declare",
  input: DeclareEmergency,
  run: async (ctx, { jurisdiction, reason }): Promise<{ id: string }> => {
    const { db, organizationId, now: from } = ctx;
    const { id } = await db.emergency.create({
      data: { organizationId, jurisdiction, reason, from, memberId: requireSelf(ctx) },
    });
    await appendAudit(ctx, "emergency.declare", { jurisdiction, change: "declared" });
    return { id };
  },
  audit: "by run",
});

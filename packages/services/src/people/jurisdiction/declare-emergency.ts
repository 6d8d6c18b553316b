import type { DeclareEmergency } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/** From now on calls into the place are judged as in an emergency, until `endEmergency`. */
export async function declareEmergency(
  ctx: ServiceContext,
  { jurisdiction, reason }: DeclareEmergency,
): Promise<{ id: string }> {
  allow(ctx, "emergency.declare");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now: from } = ctx;
    const { id } = await db.emergency.create({
      data: { organizationId, jurisdiction, reason, from, memberId: requireSelf(ctx) },
    });
    await appendAudit(ctx, "emergency.declare", { jurisdiction, change: "declared" });
    return { id };
  });
}

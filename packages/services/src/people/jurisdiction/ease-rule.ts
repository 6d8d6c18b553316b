import type { EaseRule } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/**
 * Lets a rule of mark C warn where it refused, from the next screening on (contract 4). Says `conflict`
 * where somebody did so before.
 */
export async function easeRule(ctx: ServiceContext, { ruleId, reason }: EaseRule): Promise<void> {
  allow(ctx, "rule.override");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now: at } = ctx;
    const { count } = await db.ruleOverride.createMany({
      data: { organizationId, ruleId, reason, memberId: requireSelf(ctx), at },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "rule.override", { ruleId, change: "warns" });
  });
}

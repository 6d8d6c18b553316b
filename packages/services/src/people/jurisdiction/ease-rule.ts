import { command } from "../../platform/verb.ts";
import { EaseRule } from "@ringfence/core/people/jurisdiction";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/**
 * Lets a rule of mark C warn where it refused, from the next screening on (contract 4). Says `conflict`
 * where somebody did so before.
 */
export const easeRule = command({
  name: "easeRule",
  action: "rule.override",
  input: EaseRule,
  run: async (ctx, { ruleId, reason }): Promise<void> => {
    const { db, organizationId, now: at } = ctx;
    const { count } = await db.ruleOverride.createMany({
      data: { organizationId, ruleId, reason, memberId: requireSelf(ctx), at },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "rule.override", { ruleId, change: "warns" });
  },
  audit: "by run",
});

import { command } from "../../platform/verb.ts";
import { EaseRule, RestoreRule } from "@ringfence/core/people/jurisdiction";
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

/**
 * Lets a rule refuse again, from the next screening on, and keeps who let it warn until then, and why. Says
 * `conflict` where it does refuse.
 */
export const restoreRule = command({
  name: "restoreRule",
  action: "rule.override",
  input: RestoreRule,
  run: async (ctx, { ruleId }): Promise<void> => {
    const { db, organizationId, now: endedAt } = ctx;
    const [eased] = await db.$queryRaw<{ reason: string; memberId: string; at: Date }[]>`
      DELETE FROM rule_override
      WHERE organization_id = ${organizationId}::uuid AND rule_id = ${ruleId}
      RETURNING reason, member_id AS "memberId", at`;
    if (!eased) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await db.pastRuleOverride.create({
      data: { organizationId, ruleId, ...eased, endedBy: requireSelf(ctx), endedAt },
    });
    await appendAudit(ctx, "rule.override", { ruleId, change: "refuses" });
  },
  audit: "by run",
});

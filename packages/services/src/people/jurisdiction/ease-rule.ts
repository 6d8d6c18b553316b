import { sql } from "kysely";
import { z } from "zod";
import { ServiceError, command, selectRows } from "../../platform/internal.ts";
import { EaseRule, RestoreRule, isEasable, listBooks } from "@ringfence/core/people/jurisdiction";
import { requireMemberId } from "../../account/member/internal.ts";
import { lockLaw } from "./install-law.ts";
import { loadLaw } from "./load-law.ts";

/**
 * Lets a rule of confidence C warn instead of refuse, from the next screening on (contract 4). Throws
 * `conflict` if it already does.
 */
export const easeRule = command({
  name: "easeRule",
  action: "rule.override",
  input: EaseRule,
  run: async (ctx, { ruleId, reason }): Promise<void> => {
    const { db, organizationId, now: at } = ctx;
    // Without the lock, a concurrent update of the rule would not end this decision.
    await lockLaw(ctx);
    if (!listBooks(await loadLaw(ctx)).some((book) => isEasable(book, ruleId))) {
      const explanation = { key: "jurisdiction.rule-verified", values: { value: ruleId } } as const;
      throw new ServiceError("invalid-field", explanation, "/ruleId");
    }
    const { count } = await db.ruleOverride.createMany({
      data: { organizationId, ruleId, reason, memberId: requireMemberId(ctx), at },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
  },
  audit: (_, { ruleId }) => ({ ruleId, change: "warns" }),
});

/**
 * Lets a rule refuse again, from the next screening on, and keeps who had eased it, and why. Throws
 * `conflict` if it was not eased.
 */
export const restoreRule = command({
  name: "restoreRule",
  action: "rule.override",
  input: RestoreRule,
  run: async (ctx, { ruleId }): Promise<void> => {
    const { db, organizationId, now: endedAt } = ctx;
    const [eased] = await selectRows(
      { db },
      z.object({ reason: z.string(), memberId: z.string(), at: z.date() }),
      sql`
      DELETE FROM rule_override
      WHERE organization_id = ${organizationId}::uuid AND rule_id = ${ruleId}
      RETURNING reason, member_id AS "memberId", at`,
    );
    if (!eased) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await db.pastRuleOverride.create({
      data: { organizationId, ruleId, ...eased, endedBy: requireMemberId(ctx), endedAt },
    });
  },
  audit: (_, { ruleId }) => ({ ruleId, change: "refuses" }),
});

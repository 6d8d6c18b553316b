import { query } from "../../platform/verb.ts";
import { ListRules, lineage, type Rule, ruleBook } from "@ringfence/core/people/jurisdiction";
import { namesOf } from "../../account/member/names-of.ts";
import { refusalsByRule } from "./refusals-by-rule.ts";

export type RuleListed = {
  rule: Rule;
  /** Who lets it warn, since when and why; null where it acts as it is written. */
  eased: { by: string | null; at: Date; reason: string } | null;
  /** Live screenings of the last 24 hours that it refused, and those that nothing else did. */
  refused: number;
  refusedAlone: number;
};

/** The rules of a place and of those that it lies in, the smallest first, bills too, as the organization keeps them. */
export const listRules = query({
  name: "listRules",
  action: "rule.read",
  input: ListRules,
  run: async (ctx, { jurisdiction }): Promise<RuleListed[]> => {
    const { db, organizationId } = ctx;
    const overrides = await db.ruleOverride.findMany({ where: { organizationId } });
    const names = await namesOf(
      ctx,
      overrides.map(({ memberId }) => memberId),
    );
    const refusals = await refusalsByRule(ctx);
    const places = lineage(jurisdiction);
    const rules = places.flatMap((place) =>
      ruleBook.rules.filter((rule) => rule.jurisdiction === place),
    );
    return rules.map((rule) => {
      const eased = overrides.find(({ ruleId }) => ruleId === rule.id);
      const { refused = 0, alone = 0 } = refusals.get(rule.id) ?? {};
      return {
        rule,
        eased: eased
          ? { by: names.get(eased.memberId) ?? null, at: eased.at, reason: eased.reason }
          : null,
        refused,
        refusedAlone: alone,
      };
    });
  },
  audit: "by run",
});

import {
  type JurisdictionId,
  type RuleRow,
  bundledLaw,
  canonicalJson,
  hashRuleSet,
  lawDocument,
  LawDocument,
} from "@ringfence/core/people/jurisdiction";
import type { RootContext } from "../src/platform/context.ts";
import { db } from "./scenes.ts";

/** Returns the day (UTC) that is a number of days after today. */
export const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Returns a copy of a bundled rule with some fields changed. */
export function aRuleLike(id: string, more: Partial<RuleRow>): RuleRow {
  const row = LawDocument.parse(lawDocument)
    .jurisdictions.flatMap(({ rules }) => rules)
    .find(({ rule_id }) => rule_id === id);
  if (row === undefined) throw new Error(`no rule ${id}`);
  const { examples: _, ...rule } = { ...row, ...more } as RuleRow;
  return rule;
}

/** Makes an organization keep a rule of a former law, so that it applies along with the bundled law. */
export const keepRule = (
  ctx: RootContext,
  jurisdiction: JurisdictionId,
  rule: RuleRow,
): Promise<void> =>
  useRuleSet(
    ctx,
    canonicalJson({
      schema: "telemarketing-rules-kept/1.0",
      base: bundledLaw.hash,
      kept: { [`rule ${rule.rule_id}`]: { kind: "rule", jurisdiction, rule } },
    }),
  );

/**
 * Has a rule set judge the calls of an organization, in place of any that it used before. The text is not checked.
 */
export async function useRuleSet({ organizationId }: RootContext, document: string): Promise<void> {
  const hash = hashRuleSet(document);
  await db.prisma.ruleSet.createMany({ data: { hash, document }, skipDuplicates: true });
  await db.prisma.organizationLaw.deleteMany({ where: { organizationId } });
  await db.prisma.organizationLaw.create({ data: { organizationId, ruleSet: hash } });
}

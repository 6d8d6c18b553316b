import { ruleSetHash, ruleSetText } from "@ringfence/core/people/jurisdiction";
import type { Db } from "@ringfence/db";

/**
 * Keeps the rule set of this version by its hash, which every screening names, so that the page of a past
 * screening shows the rules of its day. Called as a program starts that screens.
 */
export async function keepRuleSet(
  { prisma }: Pick<Db, "prisma">,
  [hash, text]: readonly [string, string] = [ruleSetHash, ruleSetText()],
): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO rule_set (hash, document) VALUES (${hash}, ${text}) ON CONFLICT DO NOTHING`;
}

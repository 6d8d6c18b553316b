import type { Locale } from "@ringfence/core/platform/message";
import {
  isGroup,
  nodesOf,
  type Rule,
  type RuleNames,
  tellRule,
} from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import type { TransactionContext } from "../../platform/context.ts";
import { compileRule } from "./compile-rule.ts";
import type { People } from "./people.ts";
import type { Scope } from "./scope.ts";

/** A rule with all below it, each in words, and whether it holds of a person. */
export type ExplainedRule = {
  is: Rule["is"];
  sentence: string;
  holds: boolean;
  of: ExplainedRule[];
};

/** Which parts of a rule hold of a person, and which do not. */
export async function explainRule(
  ctx: TransactionContext,
  scope: Scope,
  rule: Rule,
  { ordinal, names, locale }: { ordinal: number; names: RuleNames; locale: Locale },
): Promise<ExplainedRule> {
  const nodes = nodesOf(rule);
  const answers = await areAmong(
    ctx,
    nodes.map((node) => compileRule(scope, node)),
    ordinal,
  );
  const holding = new Map(nodes.map((node, index) => [node, answers[index] ?? false]));
  const told = (node: Rule): ExplainedRule => ({
    is: node.is,
    sentence: tellRule(locale, node, names),
    holds: holding.get(node) ?? false,
    of: isGroup(node) ? node.of.map(told) : [],
  });
  return told(rule);
}

/** Whether a person is among each of these. */
export async function areAmong(
  { db }: TransactionContext,
  all: readonly People[],
  ordinal: number,
): Promise<boolean[]> {
  const isAmong = ({ rows, isAllBut }: People): RawBuilder<unknown> =>
    sql`EXISTS (SELECT FROM (${rows}) AS people WHERE people.o = ${ordinal}) <> ${isAllBut}`;
  const { rows } = await sql<{ answers: boolean[] }>`
    SELECT ARRAY[${sql.join(all.map(isAmong))}] AS answers`.execute(db.$kysely);
  return rows[0]?.answers ?? [];
}

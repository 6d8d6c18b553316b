import { type Rule, compileRule } from "@ringfence/core/audience/segment";
import { countMask } from "@ringfence/core/audience/segment/columns";
import { sql } from "kysely";
import type { TransactionContext } from "../../platform/internal.ts";
import { type ColumnMatches, findInColumns } from "./columns/find-in-columns.ts";
import { selectMemberCount, selectMembers } from "./sql/rule-to-sql.ts";
import type { RuleScope } from "./sql/scope.ts";

/** Counts the members of each rule, all at one point in time. */
export async function countMembers(
  ctx: TransactionContext,
  scope: RuleScope,
  rules: readonly Rule[],
): Promise<number[]> {
  const compiled = rules.map((rule) => compileRule(rule, scope.segments));
  const found = await findInColumns(ctx, scope, compiled);
  if (found) return found.map(({ mask, changed }) => countMask(mask) + changed.length);
  const counted = compiled.map((rule) => sql`(${selectMemberCount(scope, rule)})`);
  const { rows } = await sql<{
    counts: string[];
  }>`SELECT ARRAY[${sql.join(counted)}] AS counts`.execute(ctx.db.$kysely);
  return rows[0]?.counts.map(Number) ?? [];
}

/** Finds all members of a rule. */
export async function findMembers(
  ctx: TransactionContext,
  scope: RuleScope,
  rule: Rule,
): Promise<number[]> {
  const compiled = compileRule(rule, scope.segments);
  const [found] = scope.among ? [] : ((await findInColumns(ctx, scope, [compiled])) ?? []);
  if (found) return listOrdinals(found);
  const { rows } = await sql<{ o: number }>`${selectMembers(scope, compiled)}`.execute(
    ctx.db.$kysely,
  );
  return rows.map(({ o }) => o);
}

function listOrdinals({ loaded, mask, changed }: ColumnMatches): number[] {
  const { ordinals } = loaded.columns;
  const found = [...changed];
  for (let person = 0; person < mask.length; person++) {
    if (mask[person] === 1) found.push(ordinals[person] ?? 0);
  }
  return found;
}

/** Draws members at random. The draw is stable while the rule matches them; another `draw` gives others. */
export async function drawMembers(
  { db }: TransactionContext,
  scope: RuleScope,
  rule: Rule,
  { size, draw = 0 }: { size: number; draw?: number },
): Promise<number[]> {
  const { rows } = await sql<{ o: number }>`
    SELECT o FROM (${selectMembers(scope, compileRule(rule, scope.segments))}) AS members
    ORDER BY hashint8extended(o, ${draw}), o LIMIT ${size}`.execute(db.$kysely);
  return rows.map(({ o }) => o);
}

import type { Rule } from "@ringfence/core/audience/segment";
import { sizeOf } from "@ringfence/core/audience/segment/columns";
import { sql } from "kysely";
import type { TransactionContext } from "../../platform/context.ts";
import { type FoundPeople, askColumns } from "./columns/ask-columns.ts";
import { memberCount, memberQuery } from "./sql/compile-rule.ts";
import type { Scope } from "./sql/scope.ts";

/** How many each of some rules means, all at one instant. */
export async function countMembers(
  ctx: TransactionContext,
  scope: Scope,
  rules: readonly Rule[],
): Promise<number[]> {
  const found = await askColumns(ctx, scope, rules);
  if (found) return found.map(({ mask, changed }) => sizeOf(mask) + changed.length);
  const counted = rules.map((rule) => sql`(${memberCount(scope, rule)})`);
  const { rows } = await sql<{
    counts: string[];
  }>`SELECT ARRAY[${sql.join(counted)}] AS counts`.execute(ctx.db.$kysely);
  return rows[0]?.counts.map(Number) ?? [];
}

/** All who are meant. */
export async function findMembers(
  ctx: TransactionContext,
  scope: Scope,
  rule: Rule,
): Promise<number[]> {
  const [found] = scope.among ? [] : ((await askColumns(ctx, scope, [rule])) ?? []);
  if (found) return ordinalsOf(found);
  const { rows } = await sql<{ o: number }>`${memberQuery(scope, rule)}`.execute(ctx.db.$kysely);
  return rows.map(({ o }) => o);
}

function ordinalsOf({ loaded, mask, changed }: FoundPeople): number[] {
  const { ordinals } = loaded.columns;
  const found = [...changed];
  for (let place = 0; place < mask.length; place++) {
    if (mask[place] === 1) found.push(ordinals[place] ?? 0);
  }
  return found;
}

/** So many of them by chance, the same ones as long as the rule means them; another `draw` gives others. */
export async function drawMembers(
  { db }: TransactionContext,
  scope: Scope,
  rule: Rule,
  { size, draw = 0 }: { size: number; draw?: number },
): Promise<number[]> {
  const { rows } = await sql<{ o: number }>`
    SELECT o FROM (${memberQuery(scope, rule)}) AS members
    ORDER BY hashint8extended(o, ${draw}), o LIMIT ${size}`.execute(db.$kysely);
  return rows.map(({ o }) => o);
}

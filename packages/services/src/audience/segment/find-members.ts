import { type Rule, compileRule } from "@ringfence/core/audience/segment";
import { countMask } from "@ringfence/core/audience/segment/columns";
import { sql } from "kysely";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { type ColumnMatches, findInColumns } from "./columns/find-in-columns.ts";
import { selectMemberCount, selectMembers } from "./sql/rule-to-sql.ts";
import type { RuleScope } from "./sql/scope.ts";
import { z } from "zod";

const Member = z.object({ o: z.int() });

/**
 * Counts the members of each rule among all contacts, in order, at one point in time. `scope.among` must be left out.
 */
export async function countMembers(
  ctx: TransactionContext,
  scope: RuleScope,
  rules: readonly Rule[],
): Promise<number[]> {
  const compiled = rules.map((rule) => compileRule(rule, scope.segments));
  const found = await findInColumns(ctx, scope, compiled);
  if (found) return found.map(({ mask, changed }) => countMask(mask) + changed.length);
  const counted = compiled.map((rule) => sql`(${selectMemberCount(scope, rule)})`);
  const [row] = await selectRows(
    ctx,
    z.object({ counts: z.array(z.int()) }),
    sql`SELECT ARRAY[${sql.join(counted)}]::int[] AS counts`,
  );
  return row?.counts ?? [];
}

/** Finds all members of a rule, or those among `scope.among`, in no particular order. */
export async function findMembers(
  ctx: TransactionContext,
  scope: RuleScope,
  rule: Rule,
): Promise<number[]> {
  const compiled = compileRule(rule, scope.segments);
  const [found] = scope.among ? [] : ((await findInColumns(ctx, scope, [compiled])) ?? []);
  if (found) return listOrdinals(found);
  const rows = await selectRows(ctx, Member, selectMembers(scope, compiled));
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
  ctx: TransactionContext,
  scope: RuleScope,
  rule: Rule,
  { size, draw = 0 }: { size: number; draw?: number },
): Promise<number[]> {
  const rows = await selectRows(
    ctx,
    Member,
    sql`
    SELECT o FROM (${selectMembers(scope, compileRule(rule, scope.segments))}) AS members
    ORDER BY hashint8extended(o, ${draw}), o LIMIT ${size}`,
  );
  return rows.map(({ o }) => o);
}

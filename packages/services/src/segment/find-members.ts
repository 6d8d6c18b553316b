import type { Rule } from "@ringfence/core/segment";
import { type RawBuilder, sql } from "kysely";
import type { TransactionContext } from "../context.ts";
import { compileRule } from "./compile-rule.ts";
import { distinct } from "./people.ts";
import { amongAsked, type Scope } from "./scope.ts";

/** A query of the ordinals of all who are in a segment, each once. */
export function memberQuery(scope: Scope, rule: Rule) {
  const people = compileRule(scope, rule);
  if (!people.isAllBut) return distinct(people);
  return sql`SELECT ordinal AS o FROM contact
    WHERE organization_id = ${scope.organizationId}::uuid ${amongAsked(scope, sql`ordinal`)}
      AND NOT EXISTS (SELECT FROM (${people.rows}) AS out WHERE out.o = ordinal)`;
}

/** A query of how many they are. Who is known to be counted is subtracted, rather than asked for one by one. */
export function memberCount(scope: Scope, rule: Rule): RawBuilder<{ count: string }> {
  const people = compileRule(scope, rule);
  const found = sql<{
    count: string;
  }>`SELECT count(*) AS count FROM (${distinct(people)}) AS members`;
  return people.isAllBut
    ? sql`SELECT (SELECT count(*) FROM contact
        WHERE organization_id = ${scope.organizationId}::uuid) - (${found}) AS count`
    : found;
}

/** How many they are. */
export async function countMembers(
  { db }: TransactionContext,
  scope: Scope,
  rule: Rule,
): Promise<number> {
  const { rows } = await memberCount(scope, rule).execute(db.$kysely);
  return Number(rows[0]?.count);
}

/** All of them. */
export async function findMembers(
  { db }: TransactionContext,
  scope: Scope,
  rule: Rule,
): Promise<number[]> {
  const { rows } = await sql<{ o: number }>`${memberQuery(scope, rule)}`.execute(db.$kysely);
  return rows.map(({ o }) => o);
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

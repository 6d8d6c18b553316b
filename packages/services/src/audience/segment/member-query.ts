import type { Rule } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
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

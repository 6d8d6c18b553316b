import type { CompiledNode, CompiledRule } from "@ringfence/core/audience/segment";
import {
  type PeopleQuery,
  complement,
  intersect,
  selectDistinct,
  toPeople,
  unite,
} from "./people.ts";
import { compileActivity, compileOccasion, compileRanking, compileSequence } from "./activities.ts";
import { compileAttribute, compilePreference } from "./attributes.ts";
import { compileConsent } from "./consents.ts";
import { compileCalls } from "./calls.ts";
import { selectProfilingRefusers } from "../../relevance/internal.ts";
import { type RuleScope, onlyAmong } from "./scope.ts";
import { type RawBuilder, sql } from "kysely";

/*
 * The SQL back end of segment rules. It turns each condition of a compiled rule into a query of people, and
 * combines the queries. docs/segments.md says when SQL answers and when columns do.
 */

/** Translates a compiled rule to a query of people. */
export function toPeopleQuery(scope: RuleScope, rule: CompiledRule): PeopleQuery {
  const people = toQuery(scope, rule.root);
  return rule.excludesProfilingRefusers
    ? intersect([people, complement(compileProfilingRefusers(scope))])
    : people;
}

/** Selects people who opted out of profiling. */
export const compileProfilingRefusers = (scope: RuleScope): PeopleQuery =>
  toPeople(selectProfilingRefusers(scope), false);

function toQuery(scope: RuleScope, node: CompiledNode): PeopleQuery {
  switch (node.is) {
    case "all":
      return intersect(node.of.map((inner) => toQuery(scope, inner)));
    case "any":
      return unite(node.of.map((inner) => toQuery(scope, inner)));
    case "not":
      return complement(toQuery(scope, node.of));
    case "attribute":
      return compileAttribute(scope, node);
    case "activity":
      return compileActivity(scope, node);
    case "occasion":
      return compileOccasion(scope, node);
    case "sequence":
      return compileSequence(scope, node);
    case "ranking":
      return compileRanking(scope, node);
    case "consent":
      return compileConsent(scope, node);
    case "preference":
      return compilePreference(scope, node);
    case "calls":
      return compileCalls(scope, node);
  }
}

/** Selects the ordinals of all members of a rule, each once. */
export function selectMembers(scope: RuleScope, rule: CompiledRule) {
  const people = toPeopleQuery(scope, rule);
  if (!people.isAllBut) return selectDistinct(people);
  return sql`SELECT ordinal AS o FROM contact
    WHERE organization_id = ${scope.organizationId}::uuid ${onlyAmong(scope, sql`ordinal`)}
      AND NOT EXISTS (SELECT FROM (${people.rows}) AS out WHERE out.o = ordinal)`;
}

/**
 * Selects the number of members among all contacts: `scope.among` must be left out. For "everyone except", it
 * subtracts instead of listing.
 */
export function selectMemberCount(scope: RuleScope, rule: CompiledRule): RawBuilder<unknown> {
  const people = toPeopleQuery(scope, rule);
  const found = sql`SELECT count(*) AS count FROM (${selectDistinct(people)}) AS members`;
  return people.isAllBut
    ? sql`SELECT (SELECT count(*) FROM contact
        WHERE organization_id = ${scope.organizationId}::uuid) - (${found}) AS count`
    : found;
}

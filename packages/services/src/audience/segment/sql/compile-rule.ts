import { type Rule, isByBehavior } from "@ringfence/core/audience/segment";
import { type People, allBut, allOf, anyOf, distinct, nobody } from "./people.ts";
import {
  peopleByActivity,
  peopleByOccasion,
  peopleByRanking,
  peopleBySequence,
} from "./activities.ts";
import { peopleByAttribute } from "./attributes.ts";
import { peopleByConsent } from "./consents.ts";
import { peopleByCalls, peopleByPreference, peopleWhoRefusedProfiling } from "./calls.ts";
import { type Scope, amongAsked } from "./scope.ts";
import { type RawBuilder, sql } from "kysely";

/** A rule as a query: what `membersOf` of core finds one by one, the database finds at once. */
export function compileRule(scope: Scope, rule: Rule): People {
  const people = compile(scope, rule);
  return isByBehavior(rule, scope.segments)
    ? allOf([people, allBut(peopleWhoRefusedProfiling(scope))])
    : people;
}

function compile(scope: Scope, rule: Rule): People {
  switch (rule.is) {
    case "all":
      return allOf(rule.of.map((inner) => compile(scope, inner)));
    case "any":
      return anyOf(rule.of.map((inner) => compile(scope, inner)));
    case "none":
      return allBut(anyOf(rule.of.map((inner) => compile(scope, inner))));
    case "attribute":
      return peopleByAttribute(scope, rule);
    case "activity":
      return peopleByActivity(scope, rule);
    case "occasion":
      return peopleByOccasion(scope, rule);
    case "sequence":
      return peopleBySequence(scope, rule);
    case "ranking":
      return peopleByRanking(scope, rule);
    case "consent":
      return peopleByConsent(scope, rule);
    case "preference":
      return peopleByPreference(scope, rule);
    case "calls":
      return peopleByCalls(scope, rule);
    case "segment": {
      const other = scope.segments.get(rule.segment);
      return other ? compile(scope, other.rule) : nobody;
    }
  }
}

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

import { isByBehavior, type Rule } from "@ringfence/core/audience/segment";
import { allBut, allOf, anyOf, nobody, type People } from "./people.ts";
import { peopleByActivity } from "./people-by-activity.ts";
import { peopleByAttribute } from "./people-by-attribute.ts";
import { peopleByConsent } from "./people-by-consent.ts";
import { peopleByOccasion, peopleByRanking, peopleBySequence } from "./people-by-order.ts";
import { peopleByCalls, peopleByPreference, peopleWhoRefusedProfiling } from "./people-by-phone.ts";
import type { Scope } from "./scope.ts";

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

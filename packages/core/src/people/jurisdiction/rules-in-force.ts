import { type CallFacts, matchConditions } from "./call-facts.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type Rule, isInForceOnAny } from "./rule.ts";
import { type RuleBook, ruleBook, listWithParents } from "./rule-book.ts";

/** A bill is shown, and judges nobody. */
const enforceableRules = Map.groupBy(
  ruleBook.rules.filter(({ status }) => status !== "bill_unverified"),
  ({ jurisdiction }) => jurisdiction,
);

/** The rules of one place that a call may ever be judged by. */
export const listEnforceableRules = (id: JurisdictionId): readonly Rule[] =>
  enforceableRules.get(id) ?? [];

/**
 * The rules that a call must keep, in the places and in those that they lie in.
 *
 * `localDates` is the call's day in every zone where it may be: a rule that is in force on any of
 * them is in force. Without one, the day is unknown, and every rule is.
 */
export function findRulesInForce(
  jurisdictions: readonly JurisdictionId[],
  localDates: readonly string[],
  facts: CallFacts,
): readonly Rule[] {
  const question = JSON.stringify([jurisdictions, localDates, facts]);
  const known = cache.get(question);
  if (known) return known;
  const found = listWithParents(jurisdictions)
    .flatMap(listEnforceableRules)
    .filter((rule) => isInForceOnAny(rule, localDates) && appliesTo(rule, facts));
  if (cache.size === MAX_CACHED) cache.clear();
  cache.set(question, found);
  return found;
}

/** Most calls of a day put one of few questions; what was found is kept until there are too many. */
const cache = new Map<string, readonly Rule[]>();
const MAX_CACHED = 10_000;

/** What is not known of a call counts against it: on a mere chance, only rules that refuse apply. */
export function appliesTo(rule: Rule, facts: CallFacts): boolean {
  const match = matchConditions(rule.when, facts);
  return match !== "no" && (match !== "unknown" || isMandatory(rule));
}

/** Whether a call that does not keep the rule is refused. */
export const isMandatory = ({ effect }: Rule) => effect === "block" || effect === "require";

/**
 * Lists the rules of a rule book that judge calls to some places on a day: what is only shown, and bills, are
 * left out. `localDates` is that day in every zone of the call; without one, the day is unknown.
 */
export const listRulesOfDay = (
  { rules }: Pick<RuleBook, "rules">,
  places: readonly JurisdictionId[],
  localDates: readonly string[],
): Rule[] =>
  places.flatMap((place) =>
    rules.filter(
      (rule) =>
        rule.jurisdiction === place &&
        rule.effect !== "info" &&
        rule.status !== "bill_unverified" &&
        isInForceOnAny(rule, localDates),
    ),
  );

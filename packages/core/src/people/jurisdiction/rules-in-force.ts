import { type CallFacts, matchOf } from "./call-facts.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type Rule, isInForceOnAny } from "./rule.ts";
import { type RuleBook, ruleBook, withParents } from "./rule-book.ts";

/** A bill is shown, and judges nobody. */
const evaluated = Map.groupBy(
  ruleBook.rules.filter(({ status }) => status !== "bill_unverified"),
  ({ jurisdiction }) => jurisdiction,
);

/** The rules of one place that a call may ever be judged by. */
export const rulesOf = (id: JurisdictionId): readonly Rule[] => evaluated.get(id) ?? [];

/**
 * The rules that a call must keep, in the places and in those that they lie in.
 *
 * `localDates` is the call's day in every zone where it may be: a rule that is in force on any of
 * them is in force. Without one, the day is unknown, and every rule is.
 */
export function rulesInForce(
  jurisdictions: readonly JurisdictionId[],
  localDates: readonly string[],
  facts: CallFacts,
): readonly Rule[] {
  const question = JSON.stringify([jurisdictions, localDates, facts]);
  const known = answered.get(question);
  if (known) return known;
  const found = withParents(jurisdictions)
    .flatMap(rulesOf)
    .filter((rule) => isInForceOnAny(rule, localDates) && concerns(rule, facts));
  if (answered.size === ANSWERS) answered.clear();
  answered.set(question, found);
  return found;
}

/** Most calls of a day put one of few questions; what was found is kept until there are too many. */
const answered = new Map<string, readonly Rule[]>();
const ANSWERS = 10_000;

/** What is not known of a call counts against it: on a mere chance, only rules that refuse apply. */
export function concerns(rule: Rule, facts: CallFacts): boolean {
  const match = matchOf(rule.when, facts);
  return match !== "no" && (match !== "unknown" || refuses(rule));
}

/** Whether a call that does not keep the rule is refused. */
export const refuses = ({ effect }: Rule) => effect === "block" || effect === "require";

/**
 * Lists the rules of a rule book that judge calls to some places on a day: what is only shown, and bills, are
 * left out. `localDates` is that day in every zone of the call; without one, the day is unknown.
 */
export const rulesOfDay = (
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

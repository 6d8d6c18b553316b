import { type CallFacts, matchRule } from "./call-facts.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type Rule, isInForceOnAny } from "./rule.ts";
import { type RuleBook, deriveFromBook, listWithParents } from "./rule-book.ts";

/** Rules by jurisdiction, except bills that may not be law yet: those are only shown on pages. */
const groupEnforceableRules = deriveFromBook(({ rules }) =>
  Map.groupBy(
    rules.filter(({ status }) => status !== "bill_unverified"),
    ({ jurisdiction }) => jurisdiction,
  ),
);

/** Lists a jurisdiction's own rules of every date and effect, except bills. */
export const listRulesExceptBills = (book: RuleBook, id: JurisdictionId): readonly Rule[] =>
  groupEnforceableRules(book).get(id) ?? [];

/**
 * Finds the rules that apply to a call in these jurisdictions and in those they lie in, also those that only warn,
 * permit or inform; no bills.
 *
 * `localDates` are the call's dates in every time zone where it may be. A rule in force on any of them is in force. If
 * there are none, the day is unknown, and every rule is in force.
 */
export function findRulesInForce(
  book: RuleBook,
  jurisdictions: readonly JurisdictionId[],
  localDates: readonly string[],
  facts: CallFacts,
): readonly Rule[] {
  const cache = cacheOfBook(book);
  const question = JSON.stringify([jurisdictions, localDates, facts]);
  const known = cache.get(question);
  if (known) return known;
  const found = listWithParents(book, jurisdictions)
    .flatMap((id) => listRulesExceptBills(book, id))
    .filter((rule) => isInForceOnAny(rule, localDates) && appliesTo(rule, facts));
  if (cache.size === MAX_CACHED) cache.clear();
  cache.set(question, found);
  return found;
}

/** Most calls of a day ask one of few questions, so results are cached until there are too many. */
const cacheOfBook = deriveFromBook(() => new Map<string, readonly Rule[]>());
const MAX_CACHED = 10_000;

/**
 * True if the rule applies to the call. Unknown facts count against the call, but only for rules that
 * refuse.
 */
export function appliesTo(rule: Rule, facts: CallFacts): boolean {
  const match = matchRule(rule, facts);
  return match !== "no" && (match !== "unknown" || canRefuseCall(rule));
}

/** True if the rule's effect is to refuse a call that breaks it; otherwise it only warns or informs. */
export const canRefuseCall = ({ effect }: Rule) => effect === "block" || effect === "require";

/**
 * Lists the rules of any rule book, also a former one, that judge calls to these jurisdictions (not to those
 * they lie in) on a day: no bills, and none that only informs. Facts of a call are not looked at; a call is
 * judged by `findRulesInForce`. `localDates` are that day in every time zone of the call; if empty, the day
 * is unknown and every rule counts.
 */
export const listJudgingRules = (
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

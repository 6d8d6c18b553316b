import type { JurisdictionId } from "./jurisdiction.ts";
import { isInForceOnAny, type Rule } from "./rule.ts";
import type { RuleBook } from "./rule-book.ts";

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

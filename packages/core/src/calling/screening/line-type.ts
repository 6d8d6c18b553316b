import { type RuleOfType, listWithParents, ruleBook } from "../../people/jurisdiction/index.ts";
import type { LineType } from "../../people/phone/index.ts";
import { DAY_MS, addPeriod, periodDays } from "../../platform/time/index.ts";
import type { ScreeningFacts } from "./facts.ts";

/** The registry that lists numbers ported from wireline to wireless service. */
export const portedRegistry = "US-PORTED";

/**
 * On what line a call goes (47 CFR 64.1200(a)(1)(iv)). A number that was ported to wireless service is
 * wireless, but for the days of grace behind the port, in which it is what it was; one of which nobody
 * knows the day of the port has no grace. Any other is no wireless one only where that was found within
 * as many days: by the list of ported numbers, or without one by a look-up. Else nobody knows, and a
 * rule that asks for it refuses.
 */
export function findLineType(facts: ScreeningFacts): LineType {
  const { lineType, lineTypeAt, registries, at } = facts;
  if (lineType === "wireless") return lineType;
  const grace = findGracePeriod(facts);
  if (grace === null) return lineType;

  const isWithinGrace = (since: Date) => since <= at && at <= addPeriod(since, grace, 1);
  const ported = registries.find(({ registry }) => registry === portedRegistry);
  if (ported === undefined) {
    return lineTypeAt !== null && isWithinGrace(lineTypeAt) ? lineType : "unknown";
  }
  const { edition } = ported;
  if (edition === null || edition.verifiedAt > at) return "unknown";
  if (!edition.listsPhone) return isWithinGrace(edition.verifiedAt) ? lineType : "unknown";
  return edition.listedSince !== null && isWithinGrace(edition.listedSince) ? lineType : "wireless";
}

const graces = ruleBook.rules.filter(
  (rule): rule is RuleOfType<"line_type"> =>
    rule.type === "line_type" && rule.value.ported_wireless_grace !== undefined,
);

/** The days of grace, of which there is one law. */
export const GRACE_MS =
  Math.max(0, ...graces.map(({ value }) => periodDays(value.ported_wireless_grace ?? "P0D"))) *
  DAY_MS;

/** Null where no law counts ports. */
function findGracePeriod({ jurisdictions }: ScreeningFacts) {
  const places = listWithParents(jurisdictions);
  const rule = graces.find(({ jurisdiction }) => places.includes(jurisdiction));
  return rule?.value.ported_wireless_grace ?? null;
}

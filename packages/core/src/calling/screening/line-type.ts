import {
  type RuleBook,
  type RuleOfType,
  deriveFromBook,
  listWithParents,
} from "../../people/jurisdiction/index.ts";
import type { LineType } from "../../people/phone/index.ts";
import { DAY_MS, addPeriod, periodDays } from "../../platform/time/index.ts";
import type { ScreeningFacts } from "./facts.ts";

/** The registry that lists numbers ported from wireline to wireless service. */
export const portedRegistry = "US-PORTED";

/**
 * Finds the type of the line that a call goes to (47 CFR 64.1200(a)(1)(iv)). After a number is ported to wireless
 * service, its earlier type counts for the days of grace; without a known day of the port there is no grace. A
 * type other than wireless counts only if the list of ported numbers, or without a list a look-up, confirmed it
 * within as many days. Otherwise the type is unknown, and a rule that depends on it refuses. Where no law of the place
 * has days of grace, the type on record counts as it is.
 */
export function findLineType(facts: ScreeningFacts): LineType {
  const { lineType, lineTypeAt, registries, at } = facts;
  if (lineType === "wireless") return lineType;
  const grace = findGracePeriod(facts);
  if (grace === null) return lineType;

  const isWithinGrace = (since: Date) => since <= at && at <= addPeriod(since, grace);
  const ported = registries.find(({ registry }) => registry === portedRegistry);
  if (ported === undefined) {
    return lineTypeAt !== null && isWithinGrace(lineTypeAt) ? lineType : "unknown";
  }
  const { edition } = ported;
  if (edition === null || edition.verifiedAt > at) return "unknown";
  if (!edition.listsPhone) return isWithinGrace(edition.verifiedAt) ? lineType : "unknown";
  return edition.listedSince !== null && isWithinGrace(edition.listedSince) ? lineType : "wireless";
}

const listGraces = deriveFromBook(({ rules }) =>
  rules.filter(
    (rule): rule is RuleOfType<"line_type"> =>
      rule.type === "line_type" && rule.value.ported_wireless_grace !== undefined,
  ),
);

/** Finds the days of grace of a law, in milliseconds; the most if several of its rules have them. */
export const findGraceMs = deriveFromBook(
  (book: RuleBook) =>
    Math.max(
      0,
      ...listGraces(book).map(({ value }) => periodDays(value.ported_wireless_grace ?? "P0D")),
    ) * DAY_MS,
);

/** Finds the days of grace; null if no law of the place has them. */
function findGracePeriod({ law, jurisdictions }: ScreeningFacts) {
  const places = listWithParents(law, jurisdictions);
  const rule = listGraces(law).find(({ jurisdiction }) => places.includes(jurisdiction));
  return rule?.value.ported_wireless_grace ?? null;
}

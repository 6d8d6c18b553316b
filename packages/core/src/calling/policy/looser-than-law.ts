import type { Message } from "../../platform/message/index.ts";
import { addPeriod, periodDays } from "../../platform/time/index.ts";
import {
  type JurisdictionId,
  type Rule,
  type RuleBook,
  intersect,
  listLineage,
  listRulesExceptBills,
  canRefuseCall,
  isInForce,
  toCap,
  toLawTimetable,
} from "../../people/jurisdiction/index.ts";
import { findPlacesByRegistry } from "./own-rules.ts";
import type { PolicyRule, PolicyRuleOfKind } from "./policy-rule.ts";

/*
 * Finds rules of a policy that are looser than the law of a place they name, or that cannot be applied there. They
 * would change nothing, because the law judges too; whoever writes one believes that it does, so it is refused with the
 * reason. A rule for every place is not compared: it is stricter in one place and not in another.
 */

/** Finds what is wrong with a rule under the law of a day; null if nothing is. */
export function findPolicyFault(book: RuleBook, isoDate: string, rule: PolicyRule): Message | null {
  const unknown = rule.places?.find((place) => !book.jurisdictions.has(place));
  if (unknown !== undefined) {
    return { key: "jurisdiction.place-unknown", values: { value: unknown } };
  }
  if (rule.kind === "registry") return findRegistryFault(book, rule);
  for (const place of rule.places ?? []) {
    for (const law of listPlainRules(book, place, isoDate)) {
      const fault = compareWithLaw(rule, law, place);
      if (fault !== null) return fault;
    }
  }
  return null;
}

function findRegistryFault(book: RuleBook, { registry, places }: PolicyRuleOfKind<"registry">) {
  const placesOfRegistry = findPlacesByRegistry(book).get(registry);
  if (placesOfRegistry === undefined) {
    return { key: "policy.registry-unknown", values: { registry } } as const;
  }
  const place = places?.find(
    (one) => !placesOfRegistry.some((id) => listLineage(book, one).includes(id)),
  );
  if (place === undefined) return null;
  return { key: "policy.registry-elsewhere", values: { registry, place } } as const;
}

/** Lists the rules of law that refuse every call to a place that breaks them, also those of the places it lies in. */
const listPlainRules = (book: RuleBook, place: JurisdictionId, isoDate: string): Rule[] =>
  listLineage(book, place)
    .flatMap((id) => listRulesExceptBills(book, id))
    .filter(
      (rule) =>
        canRefuseCall(rule) &&
        // An officer may set these to warn (`isEasable`).
        rule.confidence !== "C" &&
        Object.keys(rule.when).length === 0 &&
        isInForce(rule, isoDate),
    );

/** Returns a fault if a rule is looser than a rule of law, or only repeats it. Hours may repeat the law. */
function compareWithLaw(rule: PolicyRule, law: Rule, place: JurisdictionId): Message | null {
  const values = { place, rule: law.id };
  if (rule.kind === "hours" && law.type === "calling_hours") {
    return opensMore(rule, law) ? { key: "policy.looser-hours", values } : null;
  }
  if (rule.kind === "cap" && law.type === "frequency_cap") {
    const { max: limit, days } = toCap(law);
    const isLooser = rule.calls >= limit && rule.days <= days;
    const cap = { ...values, limit, days: Math.ceil(days) };
    return isLooser ? { key: "policy.looser-cap", values: cap } : null;
  }
  if (law.type !== "consent_expiry") return null;
  const { duration, reask_after_optout: wait, if: condition } = law.value;
  if (rule.kind === "consent-age" && duration !== undefined && condition === undefined) {
    const isLooser = !isShorter(`P${rule.months}M`, duration);
    return isLooser ? { key: "policy.looser-consent-age", values } : null;
  }
  if (rule.kind === "cool-off" && wait !== undefined) {
    return rule.days <= periodDays(wait) ? { key: "policy.looser-cool-off", values } : null;
  }
  return null;
}

/** A day that is followed by months of 28, 30 and 31 days. */
const anyDay = new Date("2026-01-31T00:00:00Z");

const isShorter = (one: string, other: string) => addPeriod(anyDay, one) < addPeriod(anyDay, other);

/** True if the rule has open hours on a weekday on which the law has none at that time. */
function opensMore(
  { windows }: PolicyRuleOfKind<"hours">,
  law: Extract<Rule, { type: "calling_hours" }>,
): boolean {
  const lawTimetable = toLawTimetable(law);
  // Hours on the clock of another place cannot be compared by the hour of the day.
  if (lawTimetable === null || lawTimetable.zone !== null) return false;
  const own = toLawTimetable({
    ...law,
    // Only `windows` matters here.
    value: {
      windows,
      days_not_listed: "prohibited",
      holidays: { mode: "allowed", calendar: null },
      tz_basis: "called_party_location",
      unknown_zone: "block_unless_inside_in_every_candidate_zone",
    },
  });
  return (own?.week ?? []).some((spans, weekday) =>
    spans.some((span) => {
      const common = intersect([span], lawTimetable.week[weekday] ?? []);
      const minutes = common.reduce((sum, [from, to]) => sum + to - from, 0);
      return minutes < span[1] - span[0];
    }),
  );
}

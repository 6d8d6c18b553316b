import {
  type Rule,
  type RuleBook,
  deriveFromBook,
  listWithParents,
  toCap,
} from "../../people/jurisdiction/index.ts";
import { DAY_MS, addPeriod } from "../../platform/time/index.ts";
import { findClosedDays } from "./check-hours.ts";
import { type LawAndPlaces, type ScreeningFacts, listViews } from "./facts.ts";
import { HORIZON_DAYS, endsByWaiting } from "./screen.ts";
import type { Verdict } from "./verdict.ts";

/*
 * Says which differences between facts can change a verdict. An engine that screens millions of numbers
 * decides once for all numbers that differ in nothing else, and asks here instead of listing rules itself.
 * `classifier.int.test.ts` compares such an engine with `screen`, row by row.
 */

/**
 * Spans of time within which the exact instant of a fact matters. Of any other instant it only matters on
 * which side of the spans it lies. `within` holds the first and the last instant of each span in turn, in
 * epoch milliseconds, sorted and without overlaps; both ends are included.
 */
export type SensitiveSpans = {
  within: Float64Array;
  /** An end after this instant counts as no end: no verdict looks so far ahead. */
  horizon: number;
  /** True if a law asks how long after a refusal a person consented. */
  comparesRefusals: boolean;
  /** True if a law spares customers: their purchases and all that they ever refused then matter. */
  sparesCustomers: boolean;
  /** `within` for people with purchases. It also has the days on which a relationship would have had to begin. */
  withinForCustomers: Float64Array;
};

/** No instant matters. */
export const noInstants: SensitiveSpans = {
  within: new Float64Array(),
  horizon: Number.POSITIVE_INFINITY,
  comparesRefusals: false,
  sparesCustomers: false,
  withinForCustomers: new Float64Array(),
};
/** Every instant matters exactly. */
export const allInstants: SensitiveSpans = {
  within: Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  horizon: Number.POSITIVE_INFINITY,
  comparesRefusals: false,
  sparesCustomers: true,
  withinForCustomers: Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
};

/** True if no verdict looks as far as this end. NaN stands for no end. */
export const endsBeyondHorizon = (end: number, { horizon }: SensitiveSpans): boolean =>
  Number.isNaN(end) || end > horizon;

/** Time that most verdicts look ahead: a night, a Sunday and a holiday. */
const nearMs = 3 * DAY_MS;
/** Maximum time that a verdict looks ahead: a monthly cap, and then the next opening hour. */
const farMs = 2 * HORIZON_DAYS * DAY_MS;
/** Calendars of time zones differ from UTC by less than this. */
const slackMs = 2 * DAY_MS;

/**
 * Finds the instants that matter for a call to the places of `facts`, by all laws that judge it, at an instant: the
 * instant itself and the days after it (`nearMs` or `farMs`), because `callableFrom` looks ahead. Where the law lets
 * consent expire, also the days on which a consent would have had to be given to expire on one of those days.
 * Suppressions may end later: `doesEveryInstantMatter` is for them.
 */
export const findSensitiveSpans = (
  facts: ScreeningFacts,
  at: Date,
  ahead: "near" | "far",
): SensitiveSpans => spansUpTo(listRulesOfPlaces(facts), at, ahead === "near" ? nearMs : farMs);

/** Lists the rules of the places of a call, by every law that judges it. */
const listRulesOfPlaces = (facts: ScreeningFacts): readonly Rule[] =>
  listViews(facts).flatMap(({ law, jurisdictions }) => {
    const lineage = new Set(listWithParents(law, jurisdictions));
    return law.rules.filter(({ jurisdiction }) => lineage.has(jurisdiction));
  });

function spansUpTo(rules: readonly Rule[], at: Date, aheadMs: number): SensitiveSpans {
  const periods = rules.flatMap(listConsentPeriods);
  const sparesCustomers = rules.some(({ when }) => when.relationship !== undefined);
  const customerPeriods = sparesCustomers ? rules.flatMap(listRelationshipPeriods) : [];
  const within = listSpans(at, periods, aheadMs);
  // A rule about expiry may ask whether the consent states an end at all, however far off it is.
  return {
    within,
    withinForCustomers:
      customerPeriods.length === 0
        ? within
        : listSpans(at, [...periods, ...customerPeriods], aheadMs),
    horizon: periods.length === 0 ? at.getTime() + aheadMs : Number.POSITIVE_INFINITY,
    comparesRefusals: rules.some(
      (rule) => rule.type === "consent_expiry" && rule.value.reask_after_optout !== undefined,
    ),
    sparesCustomers,
  };
}

/** Lists the span that begins at an instant, and the same span shifted back by each period. */
function listSpans(at: Date, periods: readonly string[], aheadMs: number): Float64Array {
  // The instant itself is included: some ends count up to it, others no longer do.
  const now = { from: at.getTime(), until: at.getTime() + aheadMs };
  const back = periods.map((period) => {
    const begin = addPeriod(at, period, -1).getTime();
    return { from: begin - slackMs, until: begin + aheadMs + slackMs };
  });
  const spans = [now, ...back].toSorted((a, b) => a.from - b.from);
  const apart = spans.reduce<{ from: number; until: number }[]>((merged, span) => {
    const last = merged.at(-1);
    if (last === undefined || last.until < span.from) return [...merged, { ...span }];
    last.until = Math.max(last.until, span.until);
    return merged;
  }, []);
  return Float64Array.from(apart.flatMap(({ from, until }) => [from, until]));
}

/** Lists how long a purchase or an enquiry makes a relationship by a rule. */
const listRelationshipPeriods = (rule: Rule): string[] =>
  rule.type === "ebr" ? [rule.value.transaction ?? [], rule.value.inquiry ?? []].flat() : [];

/** Lists how old a consent may be by a rule before it ends, or no longer lifts a listing. */
function listConsentPeriods(rule: Rule): string[] {
  if (rule.type === "registry_scrub") return [rule.value.lifting_consent_max_age ?? []].flat();
  if (rule.type !== "consent_expiry") return [];
  const { duration, promotional_via_enquiry: answerTime } = rule.value;
  return [duration ?? [], answerTime ?? []].flat();
}

/**
 * True if a verdict looked at no instant beyond the near spans. It then holds for all numbers whose facts
 * differ only in later instants: if waiting does not help, no later instant was looked at, and otherwise
 * none after the instant from which the number may be called.
 */
export const isSettledByNearSpans = (
  { verdict, refusals, callableFrom }: Verdict,
  at: Date,
): boolean =>
  verdict === "allow" ||
  !refusals.every(endsByWaiting) ||
  (callableFrom !== null && callableFrom.getTime() <= at.getTime() + nearMs);

/**
 * Returns a text that is equal for calls that laws and clocks do not tell apart by place, line type or kind of owner.
 * Compare it only within one law and one instant.
 */
export const whereaboutsSignature = (facts: ScreeningFacts): string =>
  JSON.stringify([
    ...listViews(facts).map((view) => [
      view.jurisdictions,
      toNamedStates(view),
      findClosedDays(view),
    ]),
    facts.zones,
    facts.lineType,
    facts.calledParty,
  ]);

/** States that a rule names. All other states count as one, because no rule tells them apart. */
const findNamedStates = deriveFromBook(
  ({ rules }) => new Set(rules.flatMap(({ when }) => when.state ?? [])),
);
const toNamedStates = ({ law, states }: LawAndPlaces) => [
  ...new Set(states.map((state) => (findNamedStates(law).has(state) ? state : ""))),
];

/** Bounds of what caps look at: fewer calls than `fewest`, or calls more than `days` ago, refuse no further call. */
export type CapBounds = { fewest: number; days: number };

/** A calendar day may end this many days after the same number of hours. */
const CALENDAR_DAYS = 2;

/**
 * Finds the bounds of all caps that rules of the places have; null if no rule there counts calls. Campaigns are left
 * out.
 */
export function findCapBounds(facts: ScreeningFacts): CapBounds | null {
  const caps = listRulesOfPlaces(facts).flatMap((rule) =>
    rule.type === "frequency_cap" ? toCap(rule) : [],
  );
  if (caps.length === 0) return null;
  return {
    fewest: Math.min(...caps.map(({ max }) => max)),
    days: Math.max(...caps.map(({ days }) => days)) + CALENDAR_DAYS,
  };
}

/**
 * Finds the smallest number of calls at which any cap of a law refuses the next one; infinite if the law has no cap.
 */
export const findFewestCallsOfAnyCap = deriveFromBook(({ rules }: RuleBook) =>
  Math.min(...rules.flatMap((rule) => (rule.type === "frequency_cap" ? toCap(rule).max : []))),
);

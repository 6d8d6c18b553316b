import {
  type DayNumber,
  type LocalClock,
  dayOf,
  localClock,
} from "../../../platform/time/index.ts";
import { type CallFacts, type Match, matchConditions } from "../call-facts.ts";
import {
  type Span,
  type Timetable,
  toIndustryTimetable,
  isWithin,
  toLawTimetable,
  toPolicyTimetable,
  findOpenSpans,
} from "./timetable.ts";
import type { HoursPolicy, JurisdictionId, RuleId } from "../jurisdiction.ts";
import type { Rule, RuleOfType } from "../rule.ts";
import { listLineage, ruleBook } from "../rule-book.ts";
import { isMandatory, listEnforceableRules } from "../rules-in-force.ts";

/** What a call must keep, whatever its instant. */
export type HoursPlan = {
  zones: readonly string[];
  /** By place: a rule that surely is about the call leaves no room for the policy there. */
  places: readonly (readonly { hours: HoursRule; match: Match }[])[];
  policy: Timetable;
  /** Kept whatever else is: that the organization chose, and of a campaign. */
  own: readonly Timetable[];
  /** Timetables found so far, by day. There may be dozens of places, and a search spans weeks. */
  byDay: Map<number, readonly Timetable[]>;
};

/** A timetable, and the clock that it is read by. */
export type TimetableReading = {
  timetable: Timetable;
  zone: string;
  clock: LocalClock;
  spans: readonly Span[];
};

export function createHoursPlan({
  zones,
  jurisdictions,
  countries,
  facts,
  policy,
  keepsPolicy = false,
  campaign,
  warnOnly,
}: HoursInput): HoursPlan {
  const places = jurisdictions.map((id) =>
    listHoursRules(id)
      .filter((hours) => refusesOutside(hours, warnOnly))
      .map((hours) => ({ hours, match: matchConditions(hours.rule.when, facts) }))
      .filter(({ match }) => match !== "no"),
  );
  const ofPolicy = toPolicyTimetable(policy, countries);
  const own = [
    ...(keepsPolicy ? [ofPolicy] : []),
    ...(campaign === undefined ? [] : [toPolicyTimetable(campaign, countries, "campaign.hours")]),
  ];
  return { zones, places, policy: ofPolicy, own, byDay: new Map() };
}

/** A timetable at an instant (ms since 1970), by the clock of a zone. */
export function readTimetable(timetable: Timetable, zone: string, at: number): TimetableReading {
  const clock = localClock(zone, at);
  return { timetable, zone, clock, spans: findOpenSpans(timetable, clock.day) };
}

/** All that must be open at an instant (ms since 1970), by the zones where the person may be. */
export const readTimetablesAt = (plan: HoursPlan, at: number): TimetableReading[][] =>
  plan.zones.map((zone) =>
    cachedTimetables(plan, localClock(zone, at).day).map((timetable) =>
      readTimetable(timetable, timetable.zone ?? zone, at),
    ),
  );

/**
 * Each place's law and, where it sets none, the policy. So one place more never opens an hour, and
 * neither does a fact less: then the law only may apply, and the policy is kept beside it.
 */
function cachedTimetables(plan: HoursPlan, day: number): readonly Timetable[] {
  const timetables = plan.byDay.get(day) ?? findTimetables(plan, day);
  plan.byDay.set(day, timetables);
  return timetables;
}

function findTimetables({ places, policy, own }: HoursPlan, day: number): Timetable[] {
  const inForce = places.map((place) => place.filter(({ hours }) => isInForceOn(hours, day)));
  const laws = inForce.flat().map(({ hours }) => hours.timetable);
  const isSettled =
    inForce.length > 0 && inForce.every((place) => place.some(({ match }) => match === "surely"));
  return [...laws, ...(isSettled ? [] : [policy]), ...own];
}

export const isOpen = ({ spans, clock }: TimetableReading) => isWithin(spans, clock.minute);

/** True if every zone is open at an instant. Stops at the first zone that is not. */
export const isOpenAt = (plan: HoursPlan, at: number) =>
  plan.zones.every((zone) =>
    cachedTimetables(plan, localClock(zone, at).day).every((timetable) =>
      isOpen(readTimetable(timetable, timetable.zone ?? zone, at)),
    ),
  );

/** A rule that sets hours, by law or by a code that only warns. */
type HoursRule = {
  rule: RuleOfType<"calling_hours">;
  timetable: Timetable;
  isLaw: boolean;
  firstDay: DayNumber;
  lastDay: DayNumber;
};

/** Of every place, its own and those of the places it lies in; read once. */
const hoursRulesByJurisdiction: ReadonlyMap<JurisdictionId, readonly HoursRule[]> = new Map(
  [...ruleBook.jurisdictions.keys()].map((id) => [id, listLineage(id).flatMap(readRules)]),
);

export const listHoursRules = (id: JurisdictionId) => hoursRulesByJurisdiction.get(id) ?? [];

function readRules(id: JurisdictionId): HoursRule[] {
  return listEnforceableRules(id).flatMap((rule) => {
    if (rule.type !== "calling_hours") return [];
    const law = toLawTimetable(rule);
    const timetable = law ?? toIndustryTimetable(rule);
    if (timetable === null) return [];
    const firstDay =
      rule.effectiveFrom === null ? Number.NEGATIVE_INFINITY : dayOf(rule.effectiveFrom);
    const lastDay = rule.effectiveTo === null ? Number.POSITIVE_INFINITY : dayOf(rule.effectiveTo);
    return [{ rule, timetable, isLaw: law !== null, firstDay, lastDay }];
  });
}

export const isInForceOn = ({ firstDay, lastDay }: HoursRule, day: DayNumber) =>
  firstDay <= day && day <= lastDay;

type WarnOnly = ReadonlySet<RuleId> | undefined;

/** An officer may ease only what was written from memory. */
const isEased = ({ id, confidence }: Rule, warnOnly: WarnOnly) =>
  confidence === "C" && warnOnly?.has(id) === true;

/** Whether a call outside these hours is refused. */
const refusesOutside = ({ rule, isLaw }: HoursRule, warnOnly: WarnOnly) =>
  isLaw && isMandatory(rule) && !isEased(rule, warnOnly);

/** Whether it is only warned of. */
export const warnsOutside = ({ rule, isLaw }: HoursRule, warnOnly: WarnOnly) =>
  rule.effect === "warn" || (isLaw && isMandatory(rule) && isEased(rule, warnOnly));

/** A call, as far as its hour matters. */
export type HoursInput = {
  at: Date;
  /** IANA names of the zones where the person may be: each must be open. Not empty. */
  zones: readonly string[];
  /** Without parents; none: the policy alone. */
  jurisdictions: readonly JurisdictionId[];
  /** Whose public holidays the policy keeps (`RU`); none: it keeps nobody's. */
  countries: readonly string[];
  facts: CallFacts;
  policy: HoursPolicy;
  /** Whether the policy is kept beside the law too, as hours are that the organization chose. */
  keepsPolicy?: boolean;
  /** Of the campaign that calls: kept beside all others. */
  campaign?: HoursPolicy;
  /** Rules of mark C that an officer has set to warn. */
  warnOnly?: ReadonlySet<RuleId>;
};

/** Why a call may not be placed now: no hour of that local day is open, or others are. */
export type HoursFault = {
  reason: "outside-calling-hours" | "day-not-allowed";
  /** Whose clock it is, and what it shows: `2026-11-25`, `20:00`. */
  zone: string;
  localDate: string;
  localTime: string;
  rule: RuleId;
  citation?: string;
};

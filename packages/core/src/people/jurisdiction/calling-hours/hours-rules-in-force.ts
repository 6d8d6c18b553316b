import {
  type DayNumber,
  type LocalClock,
  localClock,
  toDayNumber,
} from "../../../platform/time/index.ts";
import { type CallFacts, type Match, matchRule } from "../call-facts.ts";
import {
  type Span,
  type Timetable,
  findOpenSpans,
  isWithin,
  toIndustryTimetable,
  toLawTimetable,
  toPolicyTimetable,
} from "./opening-hours-of-a-day.ts";
import type { HoursPolicy, JurisdictionId, RuleId } from "../jurisdiction.ts";
import type { Rule, RuleOfType } from "../rule.ts";
import { type RuleBook, deriveFromBook, listLineage } from "../rule-book.ts";
import { canRefuseCall, listRulesExceptBills } from "../rules-in-force.ts";

/** The facts about a call that calling hours depend on. */
export type HoursInput = {
  law: RuleBook;
  at: Date;
  /** IANA time zones where the person may be. Each must be open. Not empty. */
  zones: readonly string[];
  /** Without parents. If empty, only the policy applies. */
  jurisdictions: readonly JurisdictionId[];
  /** Countries (`RU`) whose public holidays the policy observes. */
  countries: readonly string[];
  facts: CallFacts;
  policy: HoursPolicy;
  /** True if the policy applies in addition to the law, because the organization chose its hours. */
  choseHours?: boolean;
  /** Hours of the campaign. They apply in addition to all others. */
  campaign?: HoursPolicy;
  /** Rules of confidence C that an officer set to warn. */
  warnOnly?: ReadonlySet<RuleId>;
};

/** Why a call may not be placed now: its local day is closed, or only its hour. */
export type HoursFault = {
  reason: "outside-calling-hours" | "day-not-allowed";
  /** The time zone, and what its clock shows: `2026-11-25`, `20:00`. */
  zone: string;
  localDate: string;
  localTime: string;
  rule: RuleId;
  citation?: string;
};

/** The hours rules for a call, independent of its time. */
export type HoursPlan = {
  zones: readonly string[];
  /** The rules of each jurisdiction that may apply. If one surely applies in each of them, the policy does not. */
  places: readonly (readonly { hours: HoursRule; match: Match }[])[];
  policy: Timetable;
  /** Hours that always apply: those the organization chose, and those of a campaign. */
  additional: readonly Timetable[];
  /** Cache of timetables by day. There may be dozens of jurisdictions, and a search spans weeks. */
  byDay: Map<number, readonly Timetable[]>;
};

/** A timetable on the day that a clock shows. */
export type TimetableReading = {
  timetable: Timetable;
  zone: string;
  clock: LocalClock;
  spans: readonly Span[];
};

/** Finds the hours rules for a call. Bills, and rules whose conditions the call surely does not meet, are left out. */
export function createHoursPlan({
  law,
  zones,
  jurisdictions,
  countries,
  facts,
  policy,
  choseHours = false,
  campaign,
  warnOnly,
}: HoursInput): HoursPlan {
  const places = jurisdictions.map((id) =>
    listHoursRules(law, id)
      .filter((hours) => refusesOutside(hours, warnOnly))
      .map((hours) => ({ hours, match: matchRule(hours.rule, facts) }))
      .filter(({ match }) => match !== "no"),
  );
  const ofPolicy = toPolicyTimetable(policy, countries);
  const additional = [
    ...(choseHours ? [ofPolicy] : []),
    ...(campaign === undefined ? [] : [toPolicyTimetable(campaign, countries, "campaign.hours")]),
  ];
  return { zones, places, policy: ofPolicy, additional, byDay: new Map() };
}

/** Reads a timetable at an instant (ms since 1970) in a time zone. */
export function readTimetable(timetable: Timetable, zone: string, at: number): TimetableReading {
  const clock = localClock(zone, at);
  return { timetable, zone, clock, spans: findOpenSpans(timetable, clock.day) };
}

/**
 * Lists, for each possible time zone of the person, all timetables that must be open at an instant (ms
 * since 1970).
 */
export const readTimetablesAt = (plan: HoursPlan, at: number): TimetableReading[][] =>
  plan.zones.map((zone) =>
    cachedTimetables(plan, localClock(zone, at).day).map((timetable) =>
      readTimetable(timetable, timetable.zone ?? zone, at),
    ),
  );

/**
 * Lists the timetables that must all be open on a local day: the law of each jurisdiction; the policy, unless every
 * jurisdiction has a law that surely applies; and the hours that always apply. So a further jurisdiction never opens an
 * hour, and neither does a missing fact.
 */
export function cachedTimetables(plan: HoursPlan, day: number): readonly Timetable[] {
  const timetables = plan.byDay.get(day) ?? findTimetables(plan, day);
  plan.byDay.set(day, timetables);
  return timetables;
}

function findTimetables({ places, policy, additional }: HoursPlan, day: number): Timetable[] {
  const inForce = places.map((place) => place.filter(({ hours }) => isInForceOn(hours, day)));
  const laws = inForce.flat().map(({ hours }) => hours.timetable);
  const isSettled =
    inForce.length > 0 && inForce.every((place) => place.some(({ match }) => match === "surely"));
  return [...laws, ...(isSettled ? [] : [policy]), ...additional];
}

export const isOpen = ({ spans, clock }: TimetableReading) => isWithin(spans, clock.minute);

/** True if every zone is open at an instant. Stops at the first zone that is not. */
export const isOpenAt = (plan: HoursPlan, at: number) =>
  plan.zones.every((zone) =>
    cachedTimetables(plan, localClock(zone, at).day).every((timetable) =>
      isOpen(readTimetable(timetable, timetable.zone ?? zone, at)),
    ),
  );

/** A rule that sets calling hours: a law, or an industry code that only warns. */
type HoursRule = {
  rule: RuleOfType<"calling_hours">;
  timetable: Timetable;
  isLaw: boolean;
  firstDay: DayNumber;
  lastDay: DayNumber;
};

/** Rules of each jurisdiction and of those it lies in. */
const groupHoursRules = deriveFromBook(
  (book): ReadonlyMap<JurisdictionId, readonly HoursRule[]> =>
    new Map(
      [...book.jurisdictions.keys()].map((id) => [
        id,
        listLineage(book, id).flatMap((place) => readRules(book, place)),
      ]),
    ),
);

/** Lists the rules on hours of a jurisdiction and of those it lies in, of every date, except bills. */
export const listHoursRules = (book: RuleBook, id: JurisdictionId) =>
  groupHoursRules(book).get(id) ?? [];

function readRules(book: RuleBook, id: JurisdictionId): HoursRule[] {
  return listRulesExceptBills(book, id).flatMap((rule) => {
    if (rule.type !== "calling_hours") return [];
    const law = toLawTimetable(rule);
    const timetable = law ?? toIndustryTimetable(rule);
    if (timetable === null) return [];
    const firstDay =
      rule.effectiveFrom === null ? Number.NEGATIVE_INFINITY : toDayNumber(rule.effectiveFrom);
    const lastDay =
      rule.effectiveTo === null ? Number.POSITIVE_INFINITY : toDayNumber(rule.effectiveTo);
    return [{ rule, timetable, isLaw: law !== null, firstDay, lastDay }];
  });
}

export const isInForceOn = ({ firstDay, lastDay }: HoursRule, day: DayNumber) =>
  firstDay <= day && day <= lastDay;

type WarnOnly = ReadonlySet<RuleId> | undefined;

/** An officer may ease only rules of confidence C. */
const isEased = ({ id, confidence }: Rule, warnOnly: WarnOnly) =>
  confidence === "C" && warnOnly?.has(id) === true;

/** True if a call outside these hours is refused. */
const refusesOutside = ({ rule, isLaw }: HoursRule, warnOnly: WarnOnly) =>
  isLaw && canRefuseCall(rule) && !isEased(rule, warnOnly);

/** True if a call outside these hours only gets a warning. */
export const warnsOutside = ({ rule, isLaw }: HoursRule, warnOnly: WarnOnly) =>
  rule.effect === "warn" || (isLaw && canRefuseCall(rule) && isEased(rule, warnOnly));

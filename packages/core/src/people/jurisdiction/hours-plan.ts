import { type LocalClock, localClock } from "../../platform/time/index.ts";
import { matchOf, type Match } from "./call-facts.ts";
import type { HoursInput } from "./hours.ts";
import { forbids, type HoursRule, hoursRulesOf, isOn } from "./hours-rules.ts";
import { policyOf, spansOn, type Timetable } from "./timetable.ts";
import { isWithin, type Span } from "./week.ts";

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
export type Reading = {
  timetable: Timetable;
  zone: string;
  clock: LocalClock;
  spans: readonly Span[];
};

export function planOf({
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
    hoursRulesOf(id)
      .filter((hours) => forbids(hours, warnOnly))
      .map((hours) => ({ hours, match: matchOf(hours.rule.when, facts) }))
      .filter(({ match }) => match !== "no"),
  );
  const ofPolicy = policyOf(policy, countries);
  const own = [
    ...(keepsPolicy ? [ofPolicy] : []),
    ...(campaign === undefined ? [] : [policyOf(campaign, countries, "campaign.hours")]),
  ];
  return { zones, places, policy: ofPolicy, own, byDay: new Map() };
}

/** A timetable at an instant (ms since 1970), by the clock of a zone. */
export function readingOf(timetable: Timetable, zone: string, at: number): Reading {
  const clock = localClock(zone, at);
  return { timetable, zone, clock, spans: spansOn(timetable, clock.day) };
}

/** All that must be open at an instant (ms since 1970), by the zones where the person may be. */
export const readingsAt = (plan: HoursPlan, at: number): Reading[][] =>
  plan.zones.map((zone) =>
    timetablesOn(plan, localClock(zone, at).day).map((timetable) =>
      readingOf(timetable, timetable.zone ?? zone, at),
    ),
  );

/**
 * Each place's law and, where it sets none, the policy. So one place more never opens an hour, and
 * neither does a fact less: then the law only may apply, and the policy is kept beside it.
 */
function timetablesOn(plan: HoursPlan, day: number): readonly Timetable[] {
  const timetables = plan.byDay.get(day) ?? findTimetables(plan, day);
  plan.byDay.set(day, timetables);
  return timetables;
}

function findTimetables({ places, policy, own }: HoursPlan, day: number): Timetable[] {
  const inForce = places.map((place) => place.filter(({ hours }) => isOn(hours, day)));
  const laws = inForce.flat().map(({ hours }) => hours.timetable);
  const isSettled =
    inForce.length > 0 && inForce.every((place) => place.some(({ match }) => match === "surely"));
  return [...laws, ...(isSettled ? [] : [policy]), ...own];
}

export const isOpen = ({ spans, clock }: Reading) => isWithin(spans, clock.minute);

/** True if every zone is open at an instant. Stops at the first zone that is not. */
export const isOpenAt = (plan: HoursPlan, at: number) =>
  plan.zones.every((zone) =>
    timetablesOn(plan, localClock(zone, at).day).every((timetable) =>
      isOpen(readingOf(timetable, timetable.zone ?? zone, at)),
    ),
  );

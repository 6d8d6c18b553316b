import {
  type DayNumber,
  dayStart,
  localClock,
  toDayNumber,
  toIsoDate,
  toWeekday,
} from "../../../platform/time/index.ts";
import { type CallFacts, toDialerFacts } from "../call-facts.ts";
import type { HoursPolicy, JurisdictionId, RuleId } from "../jurisdiction.ts";
import { type RuleBook, listLineage } from "../rule-book.ts";
import { type HoursInput, cachedTimetables, createHoursPlan } from "./hours-rules-in-force.ts";
import { type OpenTime, listOpenTimes } from "./next-openings.ts";
import { type Span, findOpenSpans, intersect } from "./opening-hours-of-a-day.ts";

/*
 * The calling hours of a whole place, for people who plan calls. A screening judges the single call, with the same
 * timetables.
 */

/** A place at a moment, with what the organization decided about it. */
export type PlaceInput = {
  /** The rule books by which to judge, at least one. A time is open only if all of them allow calls then. */
  books: readonly RuleBook[];
  place: JurisdictionId;
  /** IANA time zones of the place. */
  zones: readonly string[];
  at: Date;
  policy: HoursPolicy;
  choseHours: boolean;
  warnOnly: ReadonlySet<RuleId>;
  /** Days that an officer closed there. Both are included. */
  closedDays: readonly { first: string; last: string }[];
};

/** The open spans of a local day, in minutes since its midnight. */
export type DayHours = { date: string; spans: readonly Span[] };

/** Hours on one clock of a place. Zones with the same hours and local time share a clock. */
export type PlaceClock = {
  zones: readonly string[];
  isOpen: boolean;
  /** Time at which `isOpen` changes; null if it does not change within two weeks. */
  changesAt: Date | null;
  /** Today and the six days after it. */
  week: readonly DayHours[];
};

const LOOK_AHEAD_DAYS = 14;
const WEEK = 7;

/** Reads the hours of a place on each of its clocks, easternmost first, for an agent's sales call to an individual. */
export function readPlaceClocks(input: PlaceInput): PlaceClock[] {
  const clocks = input.zones
    .map((zone) => readClock(input, zone))
    .toSorted((a, b) => b.localMinute - a.localMinute);
  // Zones with the same local time and the same hours share a clock.
  const bySameHours = Map.groupBy(clocks, ({ localMinute, clock: { isOpen, changesAt, week } }) =>
    JSON.stringify([localMinute, isOpen, changesAt, week]),
  );
  return [...bySameHours.values()].flatMap((same) =>
    same.slice(0, 1).map(({ clock }) => ({
      ...clock,
      zones: same.flatMap((one) => one.clock.zones),
    })),
  );
}

function readClock(input: PlaceInput, zone: string) {
  const now = input.at.getTime();
  const { day: today, minute } = localClock(zone, now);
  const start = dayStart(zone, today);
  const lastDay = dayStart(zone, today + LOOK_AHEAD_DAYS);
  const open = toHoursInputs(input, [zone], start)
    .map((one) => listOpenTimes(one, lastDay))
    .reduce(intersectTimes);
  const days = Array.from({ length: LOOK_AHEAD_DAYS }, (_, index) =>
    isClosedDay(input, today + index) ? [] : cutDay(open, zone, today + index),
  );
  const openTimes = joinTimes(days.flat());
  const current = openTimes.find(({ from, until }) => from <= now && now < until);
  const change = current?.until ?? openTimes.find(({ from }) => from > now)?.from;
  const end = lastDay.getTime();
  const clock: PlaceClock = {
    zones: [zone],
    isOpen: current !== undefined,
    changesAt: change === undefined || change === end ? null : new Date(change),
    week: days.slice(0, WEEK).map((times, index) => ({
      date: toIsoDate(today + index),
      spans: times.map(({ span }) => span),
    })),
  };
  return { localMinute: today * DAY_MINUTES + minute, clock };
}

type DayTime = OpenTime & { span: Span };

/** Returns the part of each open time that falls on a local day. */
function cutDay(open: readonly OpenTime[], zone: string, day: DayNumber): DayTime[] {
  const [start, end] = [dayStart(zone, day).getTime(), dayStart(zone, day + 1).getTime()];
  return open.flatMap((time) => {
    const [from, until] = [Math.max(time.from, start), Math.min(time.until, end)];
    if (from >= until) return [];
    const last = until === end ? DAY_MINUTES : localClock(zone, until).minute;
    return [{ from, until, span: [localClock(zone, from).minute, last] as const }];
  });
}

const DAY_MINUTES = 24 * 60;

const intersectTimes = (some: readonly OpenTime[], others: readonly OpenTime[]): OpenTime[] =>
  some.flatMap((one) =>
    others
      .map((other) => ({
        from: Math.max(one.from, other.from),
        until: Math.min(one.until, other.until),
      }))
      .filter(({ from, until }) => from < until),
  );

/** Joins times that follow each other without a gap. */
function joinTimes(times: readonly OpenTime[]): OpenTime[] {
  const joined: OpenTime[] = [];
  for (const { from, until } of times) {
    const last = joined.at(-1);
    if (last?.until === from) last.until = until;
    else joined.push({ from, until });
  }
  return joined;
}

const isClosedDay = ({ closedDays }: PlaceInput, day: DayNumber) =>
  closedDays.some(({ first, last }) => toDayNumber(first) <= day && day <= toDayNumber(last));

const toHoursInputs = (input: PlaceInput, zones: readonly string[], at: Date): HoursInput[] =>
  input.books.map((law) => ({
    law,
    at,
    zones,
    jurisdictions: [input.place],
    countries: [input.place.slice(0, 2)],
    facts: toSalesCallFacts(law, input.place),
    policy: input.policy,
    choseHours: input.choseHours,
    warnOnly: input.warnOnly,
  }));

/**
 * Facts of a sales call by an agent to an individual who is no customer. In a country whose state is unknown, every
 * state's rule counts.
 */
const toSalesCallFacts = (law: RuleBook, place: JurisdictionId): CallFacts => ({
  ...toDialerFacts("live_agent", false),
  purpose: ["promotional"],
  called_party: ["individual"],
  relationshipByPlace: Object.fromEntries(listLineage(law, place).map((id) => [id, "none"])),
  state: place.split("-").slice(1),
});

/** A day on which the hours are not those of its weekday, or on which nobody may be called. */
export type SpecialDay = DayHours & {
  /** Rules whose holidays it is; none if an officer closed it. */
  rules: readonly RuleId[];
};

/**
 * Lists the holidays and closed days of a place in the 365 days from a local date, by the law of each day. Hours are
 * in local time, and the same in all zones of the place.
 */
export function listSpecialDays(input: PlaceInput, isoDate: string): SpecialDay[] {
  const plans = toHoursInputs(input, input.zones, input.at).map((one) => createHoursPlan(one));
  const first = toDayNumber(isoDate);
  return Array.from({ length: YEAR }, (_, index) => first + index).flatMap((day) => {
    const date = toIsoDate(day);
    const timetables = plans.flatMap((plan) => cachedTimetables(plan, day));
    const readings = timetables.map((timetable) => ({
      rule: timetable.rule,
      usual: timetable.week[toWeekday(day)] ?? [],
      spans: findOpenSpans(timetable, day),
    }));
    const usual = intersectAll(readings.map((reading) => reading.usual));
    if (isClosedDay(input, day)) return [{ date, spans: [], rules: [] }];
    const spans = intersectAll(readings.map((reading) => reading.spans));
    if (isSame(spans, usual)) return [];
    const causes = readings.filter((one) => !isSame(one.spans, one.usual));
    return [{ date, spans, rules: [...new Set(causes.map(({ rule }) => rule))] }];
  });
}

const YEAR = 365;

const intersectAll = ([first, ...others]: readonly (readonly Span[])[]) =>
  others.reduce(intersect, first ?? []);

const isSame = (some: readonly Span[], others: readonly Span[]) =>
  JSON.stringify(some) === JSON.stringify(others);

/** State of an hour of the day. */
export type HourState = "open" | "partly" | "closed";

/** Says of each hour of a day whether calls are possible in all of it, in a part of it, or not at all. */
export const listHourStates = ({ spans }: DayHours): HourState[] =>
  Array.from({ length: 24 }, (_, hour) => {
    const parts = intersect(spans, [[hour * 60, hour * 60 + 60]]);
    const minutes = parts.reduce((sum, [from, to]) => sum + to - from, 0);
    if (minutes === 0) return "closed";
    return minutes === 60 ? "open" : "partly";
  });

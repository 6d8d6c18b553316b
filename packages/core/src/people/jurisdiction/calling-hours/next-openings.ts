import { DAY_MS, MINUTE_MS, offsetSpan } from "../../../platform/time/index.ts";
import {
  type HoursInput,
  type HoursPlan,
  createHoursPlan,
  isOpenAt,
} from "./hours-rules-in-force.ts";

/** Yields the instants after `at`, up to `until`, at which calls become possible again. */
export function* findNextOpenings(input: HoursInput, until: Date): Generator<Date> {
  const plan = createHoursPlan(input);
  const [clocks, minutes] = [listClocks(plan), [...listOpeningMinutes(plan)]];
  const end = until.getTime();
  // Day by day, because callers seldom need more than the first.
  for (let start = input.at.getTime(); start < end; start += DAY_MS) {
    const stop = Math.min(start + DAY_MS, end);
    const edges = clocks.flatMap((zone) => listEdges(zone, minutes, start, stop));
    for (const edge of [...new Set(edges)].toSorted((a, b) => a - b)) {
      if (isOpenAt(plan, edge) && !isOpenAt(plan, edge - 1)) yield new Date(edge);
    }
  }
}

/** A stretch of time in which calls are possible, in ms since 1970. `until` is exclusive. */
export type OpenTime = { from: number; until: number };

/** Lists the stretches of time in which calls are possible, from `input.at` up to `until`. */
export function listOpenTimes(input: HoursInput, until: Date): OpenTime[] {
  const plan = createHoursPlan(input);
  const [start, end] = [input.at.getTime(), until.getTime()];
  // Midnight, because a rule may begin or end with any day.
  const minutes = [0, ...listMinutes(plan)];
  const edges = listClocks(plan).flatMap((zone) => listEdges(zone, minutes, start, end));
  const moments = [...new Set([start, ...edges])]
    .filter((at) => at < end)
    .toSorted((a, b) => a - b);
  const open: OpenTime[] = [];
  for (const [index, from] of moments.entries()) {
    if (!isOpenAt(plan, from)) continue;
    const next = moments[index + 1] ?? end;
    const last = open.at(-1);
    if (last?.until === from) last.until = next;
    else open.push({ from, until: next });
  }
  return open;
}

const listTimetables = ({ places, policy, additional }: HoursPlan) => [
  policy,
  ...additional,
  ...places.flat().map(({ hours }) => hours.timetable),
];

const listClocks = (plan: HoursPlan) => {
  const zonesOfLaws = listTimetables(plan).flatMap(({ zone }) => zone ?? []);
  return [...new Set([...plan.zones, ...zonesOfLaws])];
};

/** Lists the minutes of the day at which something opens. What is open at midnight opens at 0. */
const listOpeningMinutes = (plan: HoursPlan) =>
  new Set(listTimetables(plan).flatMap(({ week }) => week.flat().map(([from]) => from)));

/** Lists the minutes of the day at which something opens or closes. */
const listMinutes = (plan: HoursPlan) =>
  new Set(
    listTimetables(plan).flatMap(({ week, holidayWeek }) => [...week, ...holidayWeek].flat(2)),
  );

/**
 * Lists the instants after `start`, up to `stop`, at which a clock shows one of these minutes or is
 * changed.
 */
function listEdges(
  zone: string,
  minutes: readonly number[],
  start: number,
  stop: number,
): number[] {
  const span = offsetSpan(zone, start);
  const last = Math.min(stop, span.until - 1);
  const firstDay = Math.floor((start + span.offsetMs) / DAY_MS);
  const lastDay = Math.floor((last + span.offsetMs) / DAY_MS);
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index);
  const edges = days
    .flatMap((day) => minutes.map((minute) => day * DAY_MS + minute * MINUTE_MS - span.offsetMs))
    .filter((edge) => edge > start && edge <= last);
  return span.until > stop
    ? edges
    : [...edges, span.until, ...listEdges(zone, minutes, span.until, stop)];
}

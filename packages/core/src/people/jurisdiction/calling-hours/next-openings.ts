import { DAY_MS, MINUTE_MS, offsetSpan } from "../../../platform/time/index.ts";
import { type HoursInput, type HoursPlan, isOpenAt, createHoursPlan } from "./hours-plan.ts";

/** The instants after `at`, up to `until`, at which a call becomes possible that was not just before. */
export function* findNextOpenings(input: HoursInput, until: Date): Generator<Date> {
  const plan = createHoursPlan(input);
  const [clocks, minutes] = [listClocks(plan), [...listOpeningMinutes(plan)]];
  const end = until.getTime();
  // A day at a time: who asks seldom wants more than the first.
  for (let start = input.at.getTime(); start < end; start += DAY_MS) {
    const stop = Math.min(start + DAY_MS, end);
    const edges = clocks.flatMap((zone) => listEdges(zone, minutes, start, stop));
    for (const edge of [...new Set(edges)].toSorted((a, b) => a - b)) {
      if (isOpenAt(plan, edge) && !isOpenAt(plan, edge - 1)) yield new Date(edge);
    }
  }
}

const listTimetables = ({ places, policy, own }: HoursPlan) => [
  policy,
  ...own,
  ...places.flat().map(({ hours }) => hours.timetable),
];

const listClocks = (plan: HoursPlan) => {
  const own = listTimetables(plan).flatMap(({ zone }) => zone ?? []);
  return [...new Set([...plan.zones, ...own])];
};

/** The minutes at which a day may open: what is open at midnight begins there. */
const listOpeningMinutes = (plan: HoursPlan) =>
  new Set(listTimetables(plan).flatMap(({ week }) => week.flat().map(([from]) => from)));

/** The instants, after `start` and up to `stop`, at which a clock shows such a minute or is changed. */
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

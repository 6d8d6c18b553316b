// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. Days that laws name, computed
// from their words for 2025 to 2027 only, the years that it is asked about. Nothing here comes from the table of
// holidays that the screening reads.

export type Weekday = "Sun" | "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat";

const weekdays: readonly Weekday[] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

export const years = [2025, 2026, 2027] as const;

const easterSundays: Readonly<Record<number, string>> = {
  2025: "2025-04-20",
  2026: "2026-04-05",
  2027: "2027-03-28",
};

/** Ramadan by the calendar of Umm al-Qura, first and last day. */
const ramadans: Readonly<Record<number, readonly [first: string, last: string]>> = {
  2025: ["2025-03-01", "2025-03-29"],
  2026: ["2026-02-18", "2026-03-19"],
  2027: ["2027-02-08", "2027-03-09"],
};

export const toWeekday = (date: string): Weekday => weekdays[new Date(date).getUTCDay()] ?? "Sun";

export function addDays(date: string, days: number): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** The same day so many months later, or the last day of a month that is shorter. */
export function addMonths(at: Date, months: number): Date {
  const end = new Date(at);
  end.setUTCMonth(end.getUTCMonth() + months);
  if (end.getUTCDate() !== at.getUTCDate()) end.setUTCDate(0);
  return end;
}

/** The date so many days after Easter Sunday, before it if negative. */
export function fromEaster(year: number, days: number): string {
  const sunday = easterSundays[year];
  if (sunday === undefined) throw new Error(`no Easter Sunday for ${year}`);
  return addDays(sunday, days);
}

/** The nth such weekday of a month: `nth(2026, 11, 4, "Thu")` is Thanksgiving. */
export function nth(year: number, month: number, count: number, weekday: Weekday): string {
  const first = toDate(year, month, 1);
  const firstOfWeekday = [0, 1, 2, 3, 4, 5, 6]
    .map((days) => addDays(first, days))
    .find((date) => toWeekday(date) === weekday);
  return addDays(firstOfWeekday ?? first, 7 * (count - 1));
}

/** The last Monday of May. */
export function lastMondayOfMay(year: number): string {
  const fifth = nth(year, 5, 5, "Mon");
  return fifth.startsWith(`${year}-05`) ? fifth : nth(year, 5, 4, "Mon");
}

/** The Tuesday after the first Monday of November. */
export const electionDay = (year: number) => addDays(nth(year, 11, 1, "Mon"), 1);

export const toDate = (year: number, month: number, day: number) =>
  `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

/** The day and, if it is a Sunday, the Monday after it. */
export const withMondayAfterSunday = (day: string) =>
  toWeekday(day) === "Sun" ? [day, addDays(day, 1)] : [day];

/** True in Ramadan, and on `margin` days before and after it. */
export function isInRamadan(date: string, margin: number): boolean {
  return Object.values(ramadans).some(
    ([first, last]) => addDays(first, -margin) <= date && date <= addDays(last, margin),
  );
}

/** Makes a test for the days that `listDays` names in each of the three years. */
export function createDayTest(listDays: (year: number) => readonly string[]) {
  const days = new Set(years.flatMap(listDays));
  return (date: string) => days.has(date);
}

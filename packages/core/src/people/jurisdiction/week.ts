import { type HoursWindow, Weekday } from "./jurisdiction.ts";

/** Minutes of a local day, the last excluded. */
export type Span = readonly [from: number, to: number];

/** What is open on each day, Monday first. */
export type Week = readonly (readonly Span[])[];

export const closedWeek: Week = Weekday.options.map(() => []);

/** A window that ends before it begins is never open. */
export const weekOf = (windows: readonly HoursWindow[]): Week =>
  Weekday.options.map((weekday) =>
    windows
      .filter(({ days }) => days.includes(weekday))
      .map(({ from, to }): Span => [minuteOf(from), minuteOf(to)])
      .filter(([from, to]) => from < to),
  );

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const isWithin = (spans: readonly Span[], minute: number) =>
  spans.some(([from, to]) => from <= minute && minute < to);

/** What is open in both. */
export const intersect = (some: readonly Span[], others: readonly Span[]): readonly Span[] =>
  some.flatMap(([from, to]) =>
    others
      .map(([otherFrom, otherTo]): Span => [Math.max(from, otherFrom), Math.min(to, otherTo)])
      .filter(([from, to]) => from < to),
  );

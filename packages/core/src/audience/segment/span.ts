import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import {
  type DayNumber,
  dayOf,
  dayStart,
  isoDateOf,
  localClock,
} from "../../platform/time/index.ts";

/** A day of the calendar: `2026-03-01`. */
export const CalendarDay = z
  .string()
  .refine((text) => isCalendarDay(text), said("segment.day-odd"));

const isCalendarDay = (text: string) => {
  const day = dayOf(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day) && isoDateOf(day) === text;
};

const Days = z.int().min(0).max(3_650);

/**
 * Some days, as the person's own calendar counts them: `last` 7 are the seven before today, and today;
 * `before` 7 is all that was earlier; `next` 7 are today and the seven after it.
 */
export const Span = z.discriminatedUnion("span", [
  z.object({ span: z.literal("last"), days: Days }),
  z.object({ span: z.literal("before"), days: Days }),
  z.object({ span: z.literal("next"), days: Days }),
  z.object({
    span: z.literal("between"),
    from: CalendarDay.optional(),
    to: CalendarDay.optional(),
  }),
]);
export type Span = z.infer<typeof Span>;

/** The first and the last day of a span; null is without end. */
export type DaySpan = { from: DayNumber | null; to: DayNumber | null };

export function daysIn(span: Span, today: DayNumber): DaySpan {
  switch (span.span) {
    case "last":
      return { from: today - span.days, to: today };
    case "before":
      return { from: null, to: today - span.days - 1 };
    case "next":
      return { from: today, to: today + span.days };
    case "between":
      return {
        from: span.from === undefined ? null : dayOf(span.from),
        to: span.to === undefined ? null : dayOf(span.to),
      };
  }
}

/** The instants of a span: from the first, and before the second. */
export type InstantSpan = { from: Date | null; until: Date | null };

/** A span as instants, for who lives in a zone (IANA name). */
export function instantsIn(span: Span, zone: string, now: Date): InstantSpan {
  const { from, to } = daysIn(span, todayIn(zone, now));
  return {
    from: from === null ? null : dayStart(zone, from),
    until: to === null ? null : dayStart(zone, to + 1),
  };
}

export const todayIn = (zone: string, now: Date): DayNumber => localClock(zone, now.getTime()).day;

export const isWithin = (at: Date, { from, until }: InstantSpan) =>
  (from === null || at >= from) && (until === null || at < until);

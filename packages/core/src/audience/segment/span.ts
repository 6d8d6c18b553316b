import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import {
  CALENDAR_DAY,
  type DayNumber,
  toDayNumber,
  dayStart,
  localClock,
} from "../../platform/time/index.ts";

/** A calendar day: `2026-03-01`. */
export const CalendarDay = z
  .string()
  .refine((text) => CALENDAR_DAY.test(text), withMessage("segment.day-odd"));

const Days = z.int().min(0).max(3_650);

/**
 * A span of days in the person's own calendar. `last` 7 is today and the seven days before; `before` 7 is
 * everything earlier; `next` 7 is today and the seven days after.
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

/** First and last day of a span. Null for an open end. */
export type DaySpan = { from: DayNumber | null; to: DayNumber | null };

/** Converts a span to days, both included. `today` is the person's own date. */
export function toDays(span: Span, today: DayNumber): DaySpan {
  switch (span.span) {
    case "last":
      return { from: today - span.days, to: today };
    case "before":
      return { from: null, to: today - span.days - 1 };
    case "next":
      return { from: today, to: today + span.days };
    case "between":
      return {
        from: span.from === undefined ? null : toDayNumber(span.from),
        to: span.to === undefined ? null : toDayNumber(span.to),
      };
  }
}

/** Start (included) and end (excluded) of a span. */
export type InstantSpan = { from: Date | null; until: Date | null };

/** Converts a span to times, for someone in a zone (IANA name). */
export function toInstants(span: Span, zone: string, now: Date): InstantSpan {
  const { from, to } = toDays(span, findToday(zone, now));
  return {
    from: from === null ? null : dayStart(zone, from),
    until: to === null ? null : dayStart(zone, to + 1),
  };
}

/** Finds the date in a zone (IANA name). */
export const findToday = (zone: string, now: Date): DayNumber =>
  localClock(zone, now.getTime()).day;

export const isWithinInstants = (at: Date, { from, until }: InstantSpan) =>
  (from === null || at >= from) && (until === null || at < until);

import { z } from "zod";
import document from "../../../data/complaint-deadlines.json" with { type: "json" };
import { DAY_MS, dayStart, localClock, toWeekday } from "../../platform/time/index.ts";

const DeadlineRule = z
  .strictObject({
    id: z.string(),
    /** Jurisdictions; one stands for all that lie in it. */
    places: z.array(z.string()).min(1),
    /** `refusal`: only complaints of people who say that they do not want to be called again. */
    applies_to: z.enum(["any", "refusal"]),
    period: z.strictObject({
      amount: z.int().positive(),
      unit: z.enum(["day", "working_day", "month"]),
      counts_receipt_day: z.boolean(),
    }),
    /** Tells officers in a sentence what the law asks for. */
    asks: z.strictObject({ en: z.string(), ru: z.string() }),
    citation: z.string(),
    sources: z.array(z.url()).min(1),
    quote: z.string().nullable(),
    /** The text to read to settle a doubt about a rule that was not read in the law itself. */
    settled_by: z.string().optional(),
    /** A: read in the law itself. B: in a text about it. C: from memory. */
    mark: z.enum(["A", "B", "C"]),
    read_on: z.iso.date(),
  })
  .refine(({ mark, quote }) => mark !== "A" || quote !== null, "Mark A needs the words of the law");
export type DeadlineRule = z.infer<typeof DeadlineRule>;

/** Known rules on the time in which a complaint has to be answered, as data with sources. */
export const deadlineRules: readonly DeadlineRule[] = z
  .strictObject({
    schema: z.literal("complaint-deadlines/1.0"),
    as_of: z.iso.date(),
    disclaimer: z.string(),
    deadlines: z.array(DeadlineRule),
  })
  .parse(document).deadlines;

/** Finds a rule by its id; null if the deadline came from somewhere else, or the data no longer has the rule. */
export const findDeadlineRule = (id: string): DeadlineRule | null =>
  deadlineRules.find((rule) => rule.id === id) ?? null;

/**
 * A deadline and its source: a rule of law (its id), the organization's own number of days where no known rule applies
 * (`own`), the letter of a regulator (`regulator`), or an officer who moved it (`officer`).
 */
export type AnswerDeadline = { dueAt: Date; rule: string };

type Receipt = {
  receivedAt: Date;
  /** Jurisdictions of the person with all that they lie in. Empty if they are unknown. */
  places: readonly string[];
  isRefusal: boolean;
  /** IANA zone of the organization, in which days are counted. */
  zone: string;
  /** The organization's own number of days. */
  ownDays: number;
};

/**
 * Finds when a complaint has to be answered: the earliest deadline of the places where the person may be. The
 * organization's own days count only where no known rule applies to the complaint.
 */
export function findAnswerDeadline({
  receivedAt,
  places,
  isRefusal,
  zone,
  ownDays,
}: Receipt): AnswerDeadline {
  const [earliest] = deadlineRules
    .filter((rule) => isRefusal || rule.applies_to === "any")
    .filter((rule) => rule.places.some((place) => places.includes(place)))
    .map(({ id, period }) => ({ rule: id, dueAt: addPeriodOfLaw(receivedAt, period, zone) }))
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const own = { amount: ownDays, unit: "day", counts_receipt_day: false } as const;
  return earliest ?? { rule: "own", dueAt: addPeriodOfLaw(receivedAt, own, zone) };
}

/** Returns the last millisecond of a calendar day in a zone: the deadline of a letter that names only the day. */
export const endOfDay = (zone: string, isoDate: string): Date =>
  endOfDayNumber(zone, Date.parse(`${isoDate}T00:00Z`) / DAY_MS);

const endOfDayNumber = (zone: string, day: number) =>
  new Date(dayStart(zone, day + 1).getTime() - 1);

/**
 * Counts days on the organization's calendar, up to the end of the last one. Working days leave out Saturdays and
 * Sundays. Holidays count as working days, because it is not certain which ones apply, and the deadline must not be too
 * late. A month ends on the same date, or on the last day of a shorter month.
 */
function addPeriodOfLaw(receivedAt: Date, period: DeadlineRule["period"], zone: string): Date {
  const { day } = localClock(zone, receivedAt.getTime());
  const amount = period.amount - (period.counts_receipt_day ? 1 : 0);
  switch (period.unit) {
    case "day":
      return endOfDayNumber(zone, day + amount);
    case "working_day":
      return endOfDayNumber(zone, addWorkingDays(day, amount));
    case "month":
      return endOfDayNumber(zone, addMonths(day, amount));
  }
}

function addWorkingDays(first: number, amount: number): number {
  let day = first;
  for (let left = amount; left > 0;) {
    day += 1;
    if (toWeekday(day) < 5) left -= 1;
  }
  return day;
}

function addMonths(first: number, amount: number): number {
  const date = new Date(first * DAY_MS);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + amount + 1, 0);
  date.setUTCDate(Math.min(dayOfMonth, date.getUTCDate()));
  return date.getTime() / DAY_MS;
}

import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";

/** Kinds of events in the history of a phone. */
export const TimelineKind = z.enum(["consent", "opt-out", "suppression", "call", "screening"]);
export type TimelineKind = z.infer<typeof TimelineKind>;

/** The last event of a page. The next page continues with earlier events. */
export type TimelineCursor = { at: Date; id: string };

/** The same as text, for URLs and requests: milliseconds since 1970, a dot, and the event's id. */
export const TimelineCursor = z
  .string()
  .regex(/^-?\d{1,15}\.[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, withMessage("fault.cursor"))
  .transform((text): TimelineCursor => {
    const [at = "", id = ""] = text.split(".");
    return { at: new Date(Number(at)), id };
  });

/** Writes a cursor as the schema `TimelineCursor` reads it. */
export const writeCursor = ({ at, id }: TimelineCursor) => `${at.getTime()}.${id}`;

/** Sorts latest first. Events of the same instant always keep the same order. */
export const latestFirst = (a: TimelineCursor, b: TimelineCursor) =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

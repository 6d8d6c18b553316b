import { z } from "zod";
import { said } from "../../platform/message/index.ts";

/** What may have happened with a number. */
export const TimelineKind = z.enum(["consent", "opt-out", "suppression", "call", "screening"]);
export type TimelineKind = z.infer<typeof TimelineKind>;

/** The last event of a page: what happened before it comes next. */
export type TimelineCursor = { at: Date; id: string };

/** How an address and a request write it: milliseconds of the epoch, a dot, the event's id. */
export const TimelineCursor = z
  .string()
  .regex(/^-?\d{1,15}\.[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, said("fault.cursor"))
  .transform((text): TimelineCursor => {
    const [at = "", id = ""] = text.split(".");
    return { at: new Date(Number(at)), id };
  });

export const writeCursor = ({ at, id }: TimelineCursor) => `${at.getTime()}.${id}`;

/** The latest first; of one instant, in an order that is the same at every read. */
export const latestFirst = (a: TimelineCursor, b: TimelineCursor) =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

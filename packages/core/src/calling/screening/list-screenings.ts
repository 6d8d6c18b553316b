import { z } from "zod";
import { ScreeningId } from "../../platform/ids.ts";
import { ReasonCode } from "./reason.ts";

/** Verdict on a call. A number that could not be screened has none. */
export const ScreenedVerdict = z.enum(["allow", "refuse"]);

/** Asks for a page of screenings, last recorded first. */
export const ListScreenings = z.object({
  verdict: ScreenedVerdict.optional(),
  /** Only those that were refused for this reason, perhaps among others. */
  reason: ReasonCode.optional(),
  /** Screened since this time. Left out: the last 30 days. */
  from: z.date().optional(),
  /** Screened before this time. */
  until: z.date().optional(),
  /** `next` of the previous page. */
  after: ScreeningId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListScreenings = z.infer<typeof ListScreenings>;

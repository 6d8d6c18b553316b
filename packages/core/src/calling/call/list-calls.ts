import { z } from "zod";
import { CallId } from "../../platform/ids.ts";

/** Name of a campaign or a kind of dialer; empty for calls whose log names none. */
const nameOrNone = z.string().max(200);

/** Asks for a page of recorded calls, last recorded first. */
export const ListCalls = z.object({
  campaign: nameOrNone.optional(),
  dialer: nameOrNone.optional(),
  /** Placed since this time. Left out: the last 30 days. */
  from: z.date().optional(),
  /** Placed before this time. */
  until: z.date().optional(),
  /** `next` of the previous page. */
  after: CallId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListCalls = z.infer<typeof ListCalls>;

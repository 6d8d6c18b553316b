import { z } from "zod";
import { ScreenCall } from "../../calling/screening/index.ts";
import { PhoneId } from "../../platform/ids.ts";
import { TimelineCursor, TimelineKind } from "./timeline.ts";

/**
 * Options of looking a number up: for which call it is screened, and which part of its timeline is shown. All may be
 * left out.
 */
const NumberLookup = ScreenCall.pick({ seller: true, dialer: true }).extend({
  purpose: ScreenCall.shape.purpose.optional(),
  kind: TimelineKind.optional(),
  after: TimelineCursor.optional(),
  limit: z.int().min(1).max(100).default(20),
});

/** Request for everything known about a number in any format. An invalid number is answered, too. */
export const FindNumber = NumberLookup.extend({
  phone: ScreenCall.shape.phone,
  region: ScreenCall.shape.region,
});
export type FindNumber = z.infer<typeof FindNumber>;

/** Like `FindNumber`, for a phone on record. */
export const ReadNumber = NumberLookup.extend({ phoneId: PhoneId });
export type ReadNumber = z.infer<typeof ReadNumber>;

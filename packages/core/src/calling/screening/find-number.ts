import { z } from "zod";
import { PhoneId } from "../../platform/ids.ts";
import { TimelineCursor, TimelineKind } from "../../people/timeline/index.ts";
import { ScreenCall } from "./screen-call.ts";

/** For which call a number is judged, and what of its timeline is shown. What is left out is the usual. */
const Look = ScreenCall.pick({ seller: true, dialer: true }).extend({
  purpose: ScreenCall.shape.purpose.optional(),
  kind: TimelineKind.optional(),
  after: TimelineCursor.optional(),
  limit: z.int().min(1).max(100).default(20),
});

/** All that is known of a number, which is written in any way. What is no number is answered too. */
export const FindNumber = Look.extend({
  phone: ScreenCall.shape.phone,
  region: ScreenCall.shape.region,
});
export type FindNumber = z.infer<typeof FindNumber>;

/** The same of a phone on record. */
export const ReadNumber = Look.extend({ phoneId: PhoneId });
export type ReadNumber = z.infer<typeof ReadNumber>;

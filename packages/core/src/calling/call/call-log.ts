import { z } from "zod";
import type { Fault } from "../../platform/message/index.ts";
import { Region } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";

/** How a dialer's own log of calls is to be read, and what such a log does not say. */
export const CallLog = z.strictObject({
  /** Whose log it is: `Master.csv` of Asterisk, or VICIdial's `vicidial_log` and Export Calls Report. */
  shape: z.enum(["asterisk-cdr", "vicidial"]),
  /** Of its clock readings (IANA); left out, the organization's own. */
  zone: Zone.optional(),
  /** What its calls were about, and for whom. */
  purpose: PurposeKey,
  seller: z.string().max(64).optional(),
  /** ISO 3166-1 alpha-2: how a number is read that was dialed without its country's code. */
  region: Region.optional(),
  dialer: Dialer.optional(),
  /** Of an Asterisk, whose log knows none. */
  campaign: storableText(128).optional(),
  /** Of an Asterisk: the contexts (`dcontext`) in which calls go out, joined by commas. Rows of others are no calls. */
  context: z.string().max(500).optional(),
  /** Of an Asterisk: what is dialed before the number to reach the carrier, such as 9. */
  prefix: z
    .string()
    .regex(/^[0-9*#]{1,8}$/)
    .optional(),
});
export type CallLog = z.infer<typeof CallLog>;

/** With the zone that counts. */
export type ZonedLog = CallLog & { zone: Zone };

/** A row of a log as a call row, which is read as any other; what is wrong with it; null where it is no call. */
export type LoggedCall = { row: unknown; fault?: never } | { fault: Fault } | null;

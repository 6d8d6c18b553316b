import { z } from "zod";
import { WrittenPhone } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Instant } from "../../platform/time/index.ts";

/**
 * What a call came to, in our own words; dialers may have others. It is the offer that is accepted or
 * refused; who has opted out refuses calls.
 */
export const ownOutcomes = [
  "reached",
  "accepted",
  "refused",
  "opted_out",
  "no_answer",
  "busy",
  "failed",
] as const;

/** A call that was placed, as the dialer's log tells of it. */
export const CallRow = z.strictObject({
  /** The dialer's own id of it, by which a repeated log is recognized. */
  externalId: storableText(128).min(1).optional(),
  /** As people write it. */
  phone: WrittenPhone,
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  /** Key or id; left out, the organization's only seller. */
  seller: z.string().max(64).optional(),
  purpose: PurposeKey,
  at: Instant,
  /** One of our own words, or as the dialer says. */
  outcome: storableText(64).optional(),
  /** For how long there was somebody on the line. */
  seconds: z.int().min(0).max(86_400).optional(),
  campaign: storableText(128).optional(),
  /** What dialed it; left out, as its screening says, else as the organization has set. */
  dialer: Dialer.optional(),
  /** The screening that allowed it, where the dialer kept its id. */
  screening: z.uuid().toLowerCase().optional(),
});
export type CallRow = z.infer<typeof CallRow>;

import { z } from "zod";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { ScreeningResponse } from "./screening-response.ts";
import { PhoneId, ScreeningId, ScrubId } from "../../platform/ids.ts";
import { TimelineCursor, TimelineKind } from "../../people/timeline/index.ts";

/** One call to be screened, as a request says it (contract 3). */
export const ScreenCall = z.strictObject({
  /** As people write it; what is no number is answered, not rejected. */
  phone: WrittenPhone,
  /** How a number written without `+` is read. */
  region: Region.optional(),
  purpose: PurposeKey,
  /** Key or id; left out, the organization's only seller. */
  seller: z.string().max(64).optional(),
  dialer: Dialer.optional(),
  /** Makes it a what-if. */
  at: WrittenInstant.optional(),
  campaign: storableText(128).optional(),
});
export type ScreenCall = z.infer<typeof ScreenCall>;

/** The most calls that are screened by one request. */
export const maxBatchItems = 10_000;

/** One call of a batch; what it leaves out, the defaults say. */
export const BatchItem = ScreenCall.omit({ at: true }).partial({ purpose: true });
export type BatchItem = z.infer<typeof BatchItem>;

/** Calls to be screened at one instant. Items are read one by one: a bad one spoils no other. */
export const ScreenBatch = z.strictObject({
  defaults: ScreenCall.omit({ phone: true, campaign: true }).partial().default({}),
  items: z.array(z.union([BatchItem, z.unknown()])),
});
export type ScreenBatch = z.infer<typeof ScreenBatch>;

/** A permit of a minute is a third of this. */
const MAX_PERMIT = 2_048;

/** A permit to be checked at the moment of dialing (contract 8). */
export const VerifyPermit = z.strictObject({
  permit: z.string().max(MAX_PERMIT),
  /** The number that is about to be dialed, as people write it. */
  phone: WrittenPhone,
  /** How a number written without `+` is read. */
  region: Region.optional(),
  /** Whether the permit is used up, if the call may be placed. */
  singleUse: z.boolean().default(false),
});
export type VerifyPermit = z.infer<typeof VerifyPermit>;

/** What the screening at this instant says; leave to dial is `allow`, and is not passed on. */
export const PermitResponse = ScreeningResponse.omit({ permit: true, expiresAt: true }).meta({
  id: "PermitAnswer",
});
export type PermitResponse = z.infer<typeof PermitResponse>;

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

/** A row of a scrub's file, counted from 1 without the header. */
export const ScrubRow = z.strictObject({ scrubId: ScrubId, row: z.int().min(1) });
export type ScrubRow = z.infer<typeof ScrubRow>;

/** A screening by its id, or a row of a scrub. */
export type ScreeningRef = { screeningId: ScreeningId } | ScrubRow;

/**
 * Reads what names a past screening: the `id` of an answer, or the `screening_id` of a scrub's result,
 * `<scrub id>.<row>` (contract 9). Null for anything else.
 */
export function readScreeningRef(text: string): ScreeningRef | null {
  const [, id, row] = /^([^.]*)(?:\.([1-9]\d{0,14}))?$/.exec(text.trim().toLowerCase()) ?? [];
  if (row !== undefined) return ScrubRow.safeParse({ scrubId: id, row: Number(row) }).data ?? null;
  const { data: screeningId } = ScreeningId.safeParse(id);
  return screeningId === undefined ? null : { screeningId };
}

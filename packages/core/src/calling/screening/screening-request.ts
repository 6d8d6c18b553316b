import { z } from "zod";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { ScreeningResponse } from "./screening-response.ts";
import { ScreeningId, ScrubId } from "../../platform/ids.ts";

/** Request to screen one call (contract 3). */
export const ScreenCall = z.strictObject({
  /** A number in any format. An invalid number gets a verdict, not an error. */
  phone: WrittenPhone,
  /** Country of a number that is written without `+`. */
  region: Region.optional(),
  purpose: PurposeKey,
  /** Key or ID. Default: the organization's only seller. */
  seller: z.string().max(64).optional(),
  dialer: Dialer.optional(),
  /** If set, the verdict is a what-if for this time. */
  at: WrittenInstant.optional(),
  campaign: storableText(128).optional(),
});
export type ScreenCall = z.infer<typeof ScreenCall>;

/** Maximum number of calls in one request. The API's route checks it: `ScreenBatch` itself has no limit. */
export const maxBatchItems = 10_000;

/** One call of a batch. The defaults fill in what it leaves out, and only they can set a time (`at`). */
export const BatchItem = ScreenCall.omit({ at: true }).partial({ purpose: true });
export type BatchItem = z.infer<typeof BatchItem>;

/** Calls to screen at the same time. Items are read separately, so an invalid one does not affect others. */
export const ScreenBatch = z.strictObject({
  defaults: ScreenCall.omit({ phone: true, campaign: true }).partial().default({}),
  items: z.array(z.union([BatchItem, z.unknown()])),
});
export type ScreenBatch = z.infer<typeof ScreenBatch>;

/** Maximum length of a permit in characters. Ours have about 700. */
const MAX_PERMIT = 2_048;

/** Request to verify a permit at the moment of dialing (contract 8). */
export const VerifyPermit = z.strictObject({
  permit: z.string().max(MAX_PERMIT),
  /**
   * The number that is about to be dialed, in any format. An invalid number, or another than the permit's, is an error.
   */
  phone: WrittenPhone,
  /** Country of a number that is written without `+`. */
  region: Region.optional(),
  /** If true, the permit is used up once it allowed a call. */
  singleUse: z.boolean().default(false),
});
export type VerifyPermit = z.infer<typeof VerifyPermit>;

/**
 * Result of verifying a permit: the call is screened again, and `verdict` says whether it may be dialed now. It carries
 * no new permit.
 */
export const PermitResponse = ScreeningResponse.omit({ permit: true, expiresAt: true }).meta({
  // Its name in the OpenAPI document, which clients rely on.
  id: "PermitAnswer",
});
export type PermitResponse = z.infer<typeof PermitResponse>;

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

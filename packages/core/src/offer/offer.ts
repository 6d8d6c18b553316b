import { z } from "zod";
import { OfferId, SegmentId } from "../ids.ts";
import { PurposeKey } from "../purpose/index.ts";
import { storableText } from "../text/index.ts";
import { Scripts } from "./script.ts";

/** A new offer, or one that is changed: then `version` is the one that was opened. */
export const SaveOffer = z.strictObject({
  offer: z.object({ id: OfferId, version: z.int().min(1) }).optional(),
  name: storableText(80).min(1),
  purpose: PurposeKey,
  /** Only to people of this segment may it be made. */
  eligibility: SegmentId.optional(),
  scripts: Scripts,
});
export type SaveOffer = z.infer<typeof SaveOffer>;

export const ArchiveOffer = z.strictObject({ offerId: OfferId });
export type ArchiveOffer = z.infer<typeof ArchiveOffer>;

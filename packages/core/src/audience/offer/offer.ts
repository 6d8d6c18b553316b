import { z } from "zod";
import { ContactId, OfferId, SegmentId } from "../../platform/ids.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Scripts } from "./script.ts";

/** A new offer, or one that is changed: then `version` is the one that was opened. */
export const SaveOffer = z.strictObject({
  offer: z.object({ id: OfferId, version: z.int().min(1) }).optional(),
  name: storableText(80).min(1),
  purpose: PurposeKey,
  /** Only to people of this segment may it be made. */
  eligibility: SegmentId.optional(),
  /** Of offers that fit a person as well, they are made the one with the greater. */
  priority: z.int().min(1).max(100).default(50),
  scripts: Scripts,
});
export type SaveOffer = z.infer<typeof SaveOffer>;

export const AskOffer = z.strictObject({ offerId: OfferId });
export type AskOffer = z.infer<typeof AskOffer>;

/** Which offer fits a person best, of a seller (its key or id) or of each that the member works for. */
export const MatchOffers = z.strictObject({
  contactId: ContactId,
  seller: z.string().max(64).optional(),
});
export type MatchOffers = z.infer<typeof MatchOffers>;

import { z } from "zod";
import { ContactId, OfferId, SegmentId } from "../../platform/ids.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { visibleText } from "../../platform/text/index.ts";
import { Scripts } from "./script.ts";

/** A new offer, or a changed one: then `version` is the version that was opened. */
export const SaveOffer = z.strictObject({
  offer: z.object({ id: OfferId, version: z.int().min(1) }).optional(),
  name: visibleText(80).pipe(z.string().min(1)),
  purpose: PurposeKey,
  /** Only people in this segment may get it. */
  eligibility: SegmentId.optional(),
  /** Decides between offers that fit equally well: the higher number wins. */
  priority: z.int().min(1).max(100).default(50),
  scripts: Scripts,
});
export type SaveOffer = z.infer<typeof SaveOffer>;

export const OfferReference = z.strictObject({ offerId: OfferId });
export type OfferReference = z.infer<typeof OfferReference>;

/** Request for the best offer for a person, by one seller (key or ID) or by all that the member works for. */
export const MatchOffers = z.strictObject({
  contactId: ContactId,
  seller: z.string().max(64).optional(),
});
export type MatchOffers = z.infer<typeof MatchOffers>;

import { z } from "zod";
import { ConsentId, ContactId, PhoneId } from "../../platform/ids.ts";
import { PersonalClaim } from "../../proof/ledger/index.ts";

/** Why data is erased. The act of erasure states it (GDPR 17(1); 152-FZ art. 21). */
export const ErasureReason = z.enum([
  "asked",
  "withdrawn",
  "purpose_ended",
  "unlawful",
  "retention",
]);
export type ErasureReason = z.infer<typeof ErasureReason>;

/**
 * The person to erase: a contact, or a phone with all of its contacts. Every number of theirs that nobody else has is
 * erased too; a shared one stays.
 */
export const ErasePerson = z.strictObject({
  person: z.union([z.strictObject({ phoneId: PhoneId }), z.strictObject({ contactId: ContactId })]),
  reason: ErasureReason,
});
export type ErasePerson = z.infer<typeof ErasePerson>;

/** The details of a consent to erase, while the rest stays as proof (GDPR 17(3)(e)). */
export const EraseClaims = z.strictObject({
  consentId: ConsentId,
  claims: z.array(PersonalClaim).min(1).max(PersonalClaim.options.length),
  reason: ErasureReason,
});
export type EraseClaims = z.infer<typeof EraseClaims>;

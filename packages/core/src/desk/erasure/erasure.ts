import { z } from "zod";
import { ConsentId, ContactId, PhoneId } from "../../platform/ids.ts";
import { PersonalClaim } from "../../proof/ledger/index.ts";

/** Why something is erased: what the act says (GDPR 17(1); 152-FZ art. 21). */
export const ErasureReason = z.enum([
  "asked",
  "withdrawn",
  "purpose_ended",
  "unlawful",
  "retention",
]);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** Who is erased: the person of a phone, or a contact; with all phones that are theirs alone. */
export const ErasePerson = z.strictObject({
  person: z.union([z.strictObject({ phoneId: PhoneId }), z.strictObject({ contactId: ContactId })]),
  reason: ErasureReason,
});
export type ErasePerson = z.infer<typeof ErasePerson>;

/** Which particulars of a consent are erased, while the rest stays to prove it (GDPR 17(3)(e)). */
export const EraseClaims = z.strictObject({
  consentId: ConsentId,
  claims: z.array(PersonalClaim).min(1).max(PersonalClaim.options.length),
  reason: ErasureReason,
});
export type EraseClaims = z.infer<typeof EraseClaims>;

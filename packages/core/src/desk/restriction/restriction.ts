import { z } from "zod";
import { ContactId } from "../../platform/ids.ts";

/**
 * Why the processing of a person's data is restricted (GDPR art. 18(1)(a) to (d); 152-FZ art. 21(1) for inaccurate
 * and unlawful data). Not free text, because it must survive an erasure.
 */
export const RestrictionGround = z.enum([
  "accuracy_contested",
  "unlawful",
  "needed_for_claims",
  "objection",
]);
export type RestrictionGround = z.infer<typeof RestrictionGround>;

/** Why a restriction is lifted. */
export const LiftingReason = z.enum([
  "accuracy_settled",
  "made_lawful",
  "claims_settled",
  "objection_settled",
  "person_agreed",
  "mistake",
]);
export type LiftingReason = z.infer<typeof LiftingReason>;

/** Restricts the processing of a contact's data. */
export const RestrictContact = z.strictObject({ contactId: ContactId, ground: RestrictionGround });
export type RestrictContact = z.infer<typeof RestrictContact>;

/** Lifts the restriction of a contact. The person has to be told before (GDPR art. 18(3)). */
export const LiftRestriction = z.strictObject({
  contactId: ContactId,
  reason: LiftingReason,
  isPersonTold: z.literal(true),
});
export type LiftRestriction = z.infer<typeof LiftRestriction>;

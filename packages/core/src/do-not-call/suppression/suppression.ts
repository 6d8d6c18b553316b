import { z } from "zod";

export const SuppressionReason = z.enum([
  "litigator",
  "wrong_person",
  "deceased",
  "complaint_under_review",
  "partner_list",
]);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** A number that is not to be called for another reason than the person's own refusal. */
export type Suppression = { reason: SuppressionReason; at: Date; until: Date | null };

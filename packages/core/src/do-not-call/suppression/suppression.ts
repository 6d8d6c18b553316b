import { z } from "zod";
import { SuppressionId } from "../../platform/ids.ts";

/** Reasons to block a number although its owner has not opted out, as members, API keys and imports give them. */
export const GivenSuppressionReason = z.enum([
  "litigator",
  "wrong_person",
  "deceased",
  "complaint_under_review",
  "partner_list",
]);
export type GivenSuppressionReason = z.infer<typeof GivenSuppressionReason>;

/** Reasons on record. `restriction` is that of a contact whose processing is restricted, and ends only with that. */
export const SuppressionReason = z.enum([...GivenSuppressionReason.options, "restriction"]);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** A block on a number for another reason than the person's own opt-out. */
export type Suppression = { reason: SuppressionReason; at: Date; until: Date | null };

/** True if a suppression is in force at an instant. `until` is exclusive, as it is where lists and files ask in SQL. */
export const isInForceAt = ({ at: since, until }: Suppression, at: Date) =>
  since <= at && (until === null || at < until);

/** Asks for a page of suppressions, last recorded first. */
export const ListSuppressions = z.object({
  /** A phone number in any format. */
  search: z.string().trim().max(64).optional(),
  reason: SuppressionReason.optional(),
  /** If true, ended suppressions are listed, too. */
  ended: z.boolean().default(false),
  /** Recorded since this time. */
  from: z.date().optional(),
  /** `next` of the page before. */
  after: SuppressionId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListSuppressions = z.infer<typeof ListSuppressions>;

/** Reason for ending a suppression. Not free text, because it must survive an erasure. */
export const EndReason = z.enum(["over", "mistake"]);
export type EndReason = z.infer<typeof EndReason>;

/** Input with which an officer ends a suppression. Verdicts that were given before stay as they are. */
export const EndSuppression = z.strictObject({ id: SuppressionId, reason: EndReason });
export type EndSuppression = z.infer<typeof EndSuppression>;

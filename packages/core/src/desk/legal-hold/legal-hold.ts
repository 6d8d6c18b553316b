import { z } from "zod";
import { ComplaintId, ContactId, LegalHoldId, LegalHoldLiftId } from "../../platform/ids.ts";
import { OfficersReason } from "../../people/jurisdiction/index.ts";

/** Subject of a legal hold. A campaign is named by its key, as dialers name it. */
export const HoldScope = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("everything") }),
  z.strictObject({ scope: z.literal("contact"), contactId: ContactId }),
  z.strictObject({ scope: z.literal("complaint"), complaintId: ComplaintId }),
  z.strictObject({ scope: z.literal("campaign"), campaign: z.string().min(1).max(128) }),
]);
export type HoldScope = z.infer<typeof HoldScope>;

/** Places a hold: until it is lifted, nothing about its subject is removed or erased. */
export const PlaceHold = z.strictObject({ on: HoldScope, reason: OfficersReason });

/** Proposes to lift a hold. It stays in force until another officer agrees. */
export const ProposeLift = z.strictObject({ holdId: LegalHoldId, reason: OfficersReason });

export const AnswerLift = z.strictObject({ liftId: LegalHoldLiftId, isAccepted: z.boolean() });

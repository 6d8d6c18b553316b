import { z } from "zod";
import { UnreadableOptOutId } from "../../platform/ids.ts";

/** Why an officer sets an unreadable opt-out aside. A closed list, because free text could hold personal data. */
export const DiscardReason = z.enum(["recorded_elsewhere", "no_refusal", "test", "nobody_knows"]);
export type DiscardReason = z.infer<typeof DiscardReason>;

/** An officer sets an unreadable opt-out aside. */
export const DiscardUnreadableOptOut = z.strictObject({
  id: UnreadableOptOutId,
  reason: DiscardReason,
});
export type DiscardUnreadableOptOut = z.infer<typeof DiscardUnreadableOptOut>;

/** An officer says which number was meant, as people write it. */
export const ResolveUnreadableOptOut = z.strictObject({
  id: UnreadableOptOutId,
  phone: z.string().max(256),
});
export type ResolveUnreadableOptOut = z.infer<typeof ResolveUnreadableOptOut>;

/** An officer puts a discarded one back in the queue. */
export const RestoreUnreadableOptOut = z.strictObject({ id: UnreadableOptOutId });
export type RestoreUnreadableOptOut = z.infer<typeof RestoreUnreadableOptOut>;

import { z } from "zod";
import { UnreadableOptOutId } from "../../platform/ids.ts";

/** Why what came without a number covers nobody: our words, for they outlive an erasure. */
export const DiscardReason = z.enum(["recorded_elsewhere", "no_refusal", "test", "nobody_knows"]);
export type DiscardReason = z.infer<typeof DiscardReason>;

/** An officer takes away a refusal whose number could not be read. */
export const DiscardUnreadableOptOut = z.strictObject({
  id: UnreadableOptOutId,
  reason: DiscardReason,
});
export type DiscardUnreadableOptOut = z.infer<typeof DiscardUnreadableOptOut>;

/** An officer takes up again what was discarded: it waits as before. */
export const RestoreUnreadableOptOut = z.strictObject({ id: UnreadableOptOutId });
export type RestoreUnreadableOptOut = z.infer<typeof RestoreUnreadableOptOut>;

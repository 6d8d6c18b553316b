import { z } from "zod";
import { MisreadOptOutId } from "../../platform/ids.ts";

/** Why what came without a number covers nobody: our words, for they outlive an erasure. */
export const DiscardReason = z.enum(["recorded_elsewhere", "no_refusal", "test", "nobody_knows"]);
export type DiscardReason = z.infer<typeof DiscardReason>;

/** An officer takes away a refusal whose number could not be read. */
export const DiscardMisread = z.strictObject({ id: MisreadOptOutId, reason: DiscardReason });
export type DiscardMisread = z.infer<typeof DiscardMisread>;

/** An officer takes up again what was discarded: it waits as before. */
export const TakeUpMisread = z.strictObject({ id: MisreadOptOutId });
export type TakeUpMisread = z.infer<typeof TakeUpMisread>;

import { z } from "zod";
import { SuppressionId } from "../../platform/ids.ts";

/** Why a number may be called again: our words, for they outlive an erasure. */
export const EndReason = z.enum(["over", "mistake"]);
export type EndReason = z.infer<typeof EndReason>;

/** An officer ends a suppression; what it stopped before stays stopped. */
export const EndSuppression = z.strictObject({ id: SuppressionId, reason: EndReason });
export type EndSuppression = z.infer<typeof EndSuppression>;

import { z } from "zod";
import { OptOutCorrectionId, OptOutId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";

/** An officer says that a refusal was entered for a wrong number (contract 6). */
export const ProposeCorrection = z.strictObject({
  optOut: OptOutId,
  /** The number that was meant, as people write it; left out where nobody can tell. */
  rightPhone: z.string().trim().min(1).max(256).optional(),
  reason: storableText(2_000).min(1),
});
export type ProposeCorrection = z.infer<typeof ProposeCorrection>;

/** Another officer accepts it; any of them leaves the refusal as it is. */
export const AnswerCorrection = z.strictObject({
  id: OptOutCorrectionId,
  isAccepted: z.boolean(),
});
export type AnswerCorrection = z.infer<typeof AnswerCorrection>;

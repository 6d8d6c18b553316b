import { z } from "zod";
import { OptOutCorrectionId, OptOutId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import type { Message } from "../../platform/message/index.ts";

/** Proposes to lift an opt-out that was recorded for the wrong number (contract 6). */
export const ProposeCorrection = z.strictObject({
  optOut: OptOutId,
  /** The number that was meant, as people write it. Left out if nobody knows it. */
  rightPhone: z.string().trim().min(1).max(256).optional(),
  reason: storableText(2_000).min(1),
});
export type ProposeCorrection = z.infer<typeof ProposeCorrection>;

/** Answers a proposal. Only another officer can accept it; any officer can reject it. */
export const AnswerCorrection = z.strictObject({
  id: OptOutCorrectionId,
  isAccepted: z.boolean(),
});
export type AnswerCorrection = z.infer<typeof AnswerCorrection>;

/** The facts that decide whether an opt-out can be corrected. */
export type CorrectionFacts = {
  isErased: boolean;
  correctedAt: Date | null;
  /** True if it came from the number itself, or through the person's own link or page. */
  wasMadeByPerson: boolean;
  /** Time at which the person repeated the request and was answered with this opt-out. Repeats in a burst do not count. */
  repeatedAt: Date | null;
};

/**
 * Finds the reason why an opt-out cannot be corrected, or null. If the number was erased, nobody can tell whose
 * it was. If the person made or repeated the opt-out, it was not meant for another number.
 */
export function findCorrectionFault({
  isErased,
  correctedAt,
  wasMadeByPerson,
  repeatedAt,
}: CorrectionFacts): Message | null {
  if (correctedAt) return { key: "opt-out.corrected-already", values: { at: correctedAt } };
  if (isErased) return { key: "opt-out.correction-erased" };
  if (wasMadeByPerson) return { key: "opt-out.correction-persons-own" };
  if (repeatedAt) return { key: "opt-out.correction-said-again", values: { at: repeatedAt } };
  return null;
}

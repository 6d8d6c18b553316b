import { z } from "zod";
import { OptOutCorrectionId, OptOutId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import type { Message } from "../../platform/message/index.ts";

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

/** What is on record of a refusal that may have been entered for a wrong number. */
export type CorrectionFacts = {
  isErased: boolean;
  correctedAt: Date | null;
  /** Whether it came from the number itself, or by the link or the page of its person. */
  wasMadeByPerson: boolean;
  /** When it was said again and was then answered with this one: by the person themselves, then. */
  repeatedAt: Date | null;
};

/**
 * Why a refusal cannot be corrected, or null. Nobody could tell whose an erased number was; one that the
 * person made themselves was never entered for another's, and one that was said again is their own,
 * however the first came about.
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

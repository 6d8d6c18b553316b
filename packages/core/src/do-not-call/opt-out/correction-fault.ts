import type { Message } from "../../platform/message/index.ts";

/** What is on record of a refusal that may have been entered for a wrong number. */
export type CorrectableOptOut = {
  isErased: boolean;
  correctedAt: Date | null;
  /** Whether it came from the number itself, or by the link or the page of its person. */
  isPersonsOwn: boolean;
  /** When it was said again and was then answered with this one: by the person themselves, then. */
  saidAgainAt: Date | null;
};

/**
 * Why a refusal cannot be corrected, or null. Nobody could tell whose an erased number was; one that the
 * person made themselves was never entered for another's, and one that was said again is their own,
 * however the first came about.
 */
export function correctionFault({
  isErased,
  correctedAt,
  isPersonsOwn,
  saidAgainAt,
}: CorrectableOptOut): Message | null {
  if (correctedAt) return { key: "opt-out.corrected-already", values: { at: correctedAt } };
  if (isErased) return { key: "opt-out.correction-erased" };
  if (isPersonsOwn) return { key: "opt-out.correction-persons-own" };
  if (saidAgainAt) return { key: "opt-out.correction-said-again", values: { at: saidAgainAt } };
  return null;
}

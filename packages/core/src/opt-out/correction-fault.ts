import type { Message } from "../message/index.ts";

/** What is on record of a refusal that may have been entered for a wrong number. */
export type CorrectableOptOut = {
  isErased: boolean;
  correctedAt: Date | null;
  /** When it was said again and was then answered with this one: by the person themselves, then. */
  saidAgainAt: Date | null;
};

/**
 * Why a refusal cannot be corrected, or null. Nobody could tell whose an erased number was; one that was
 * said again is the person's own, however the first came about.
 */
export function correctionFault({
  isErased,
  correctedAt,
  saidAgainAt,
}: CorrectableOptOut): Message | null {
  if (correctedAt) return { key: "opt-out.corrected-already", values: { at: correctedAt } };
  if (isErased) return { key: "opt-out.correction-erased" };
  if (saidAgainAt) return { key: "opt-out.correction-said-again", values: { at: saidAgainAt } };
  return null;
}

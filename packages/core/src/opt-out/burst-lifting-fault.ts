import type { Message } from "../message/index.ts";
import { type CorrectableOptOut, correctionFault } from "./correction-fault.ts";

/** What is on record of a refusal of a burst. */
export type BurstOptOut = CorrectableOptOut & {
  /** Whether it came with a proof of work. */
  hasProof: boolean;
};

/**
 * Why a refusal of a burst is not lifted with it, or null. What no one refusal could be corrected for, no
 * burst lifts either; a browser that did the work was probably a person's.
 */
export function burstLiftingFault(
  { hasProof, ...optOut }: BurstOptOut,
  { includesProof }: { includesProof: boolean },
): Message | null {
  const fault = correctionFault(optOut);
  if (fault) return fault;
  return hasProof && !includesProof ? { key: "opt-out.burst-has-proof" } : null;
}

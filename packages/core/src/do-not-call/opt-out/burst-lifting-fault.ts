import type { Message } from "../../platform/message/index.ts";
import { type CorrectableOptOut, correctionFault } from "./correction-fault.ts";

/** A refusal of a burst, as on record. */
export type BurstOptOut = CorrectableOptOut & {
  /** True if it came with a proof of work. */
  hasProof: boolean;
};

/**
 * Says why a refusal is not lifted together with its burst, or returns null. A refusal that could not be
 * corrected alone is not lifted with a burst either. A proof of work was probably done by a person's browser.
 */
export function burstLiftingFault(
  { hasProof, ...optOut }: BurstOptOut,
  { includesProof }: { includesProof: boolean },
): Message | null {
  const fault = correctionFault(optOut);
  if (fault) return fault;
  return hasProof && !includesProof ? { key: "opt-out.burst-has-proof" } : null;
}

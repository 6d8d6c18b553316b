import { z } from "zod";
import { BurstLiftingId, RefusalBurstId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import type { Message } from "../../platform/message/index.ts";
import { type CorrectionFacts, findCorrectionFault } from "../opt-out/index.ts";

/** Lists bursts (more opt-outs on the public page than people make at once), newest first, after a cursor. */
export const ListBursts = z.strictObject({ after: RefusalBurstId.optional() });
export type ListBursts = z.infer<typeof ListBursts>;

/** Reads one burst, and its opt-outs after a cursor. */
export const ReadBurst = z.strictObject({ id: RefusalBurstId, after: z.uuid().optional() });
export type ReadBurst = z.infer<typeof ReadBurst>;

/** Closes a burst that an officer has looked at. Its opt-outs stay in force. */
export const DismissBurst = z.strictObject({ id: RefusalBurstId });
export type DismissBurst = z.infer<typeof DismissBurst>;

/** Proposes to lift the opt-outs of a burst (contract 6). */
export const ProposeBurstLifting = z.strictObject({
  id: RefusalBurstId,
  reason: storableText(2_000).min(1),
  /** Includes opt-outs with a proof of work. Browsers send one, but a flood may send them too. */
  includesProof: z.boolean().default(false),
});
export type ProposeBurstLifting = z.infer<typeof ProposeBurstLifting>;

/** Answers a proposal. Only another officer may accept it. Any officer may reject it. */
export const AnswerBurstLifting = z.strictObject({ id: BurstLiftingId, isAccepted: z.boolean() });
export type AnswerBurstLifting = z.infer<typeof AnswerBurstLifting>;

/** The facts that decide whether an opt-out is lifted together with its burst. */
export type BurstOptOut = CorrectionFacts & {
  /** True if it came with a proof of work. */
  hasProof: boolean;
};

/**
 * Finds the reason why an opt-out is not lifted together with its burst, or null. An opt-out that could not be
 * corrected alone is not lifted with a burst either. One with a proof of work probably came from a person's
 * browser, and is lifted only if the proposal includes it.
 */
export function findBurstLiftingFault(
  { hasProof, ...optOut }: BurstOptOut,
  { includesProof }: { includesProof: boolean },
): Message | null {
  const fault = findCorrectionFault(optOut);
  if (fault) return fault;
  return hasProof && !includesProof ? { key: "opt-out.burst-has-proof" } : null;
}

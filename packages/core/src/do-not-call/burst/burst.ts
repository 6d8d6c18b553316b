import { z } from "zod";
import { BurstLiftingId, RefusalBurstId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import type { Message } from "../../platform/message/index.ts";
import { type CorrectionFacts, findCorrectionFault } from "../opt-out/index.ts";

/** Lists bursts of refusals, newest first, from a cursor on. */
export const ListBursts = z.strictObject({ after: RefusalBurstId.optional() });
export type ListBursts = z.infer<typeof ListBursts>;

/** Reads one burst, and its refusals from a cursor on. */
export const ReadBurst = z.strictObject({ id: RefusalBurstId, after: z.uuid().optional() });
export type ReadBurst = z.infer<typeof ReadBurst>;

/** Closes a burst that an officer has looked at. Its refusals stay in force. */
export const DismissBurst = z.strictObject({ id: RefusalBurstId });
export type DismissBurst = z.infer<typeof DismissBurst>;

/** Proposes to lift the refusals of a burst (contract 6). */
export const ProposeBurstLifting = z.strictObject({
  id: RefusalBurstId,
  reason: storableText(2_000).min(1),
  /** Includes refusals with a proof of work. Browsers send one, but a flood may send them too. */
  includesProof: z.boolean().default(false),
});
export type ProposeBurstLifting = z.infer<typeof ProposeBurstLifting>;

/** Answers a proposal. Only another officer may accept it. Any officer may reject it. */
export const AnswerBurstLifting = z.strictObject({ id: BurstLiftingId, isAccepted: z.boolean() });
export type AnswerBurstLifting = z.infer<typeof AnswerBurstLifting>;

/** A refusal of a burst, as on record. */
export type BurstOptOut = CorrectionFacts & {
  /** True if it came with a proof of work. */
  hasProof: boolean;
};

/**
 * Says why a refusal is not lifted together with its burst, or returns null. A refusal that could not be
 * corrected alone is not lifted with a burst either. A proof of work was probably done by a person's browser.
 */
export function findBurstLiftingFault(
  { hasProof, ...optOut }: BurstOptOut,
  { includesProof }: { includesProof: boolean },
): Message | null {
  const fault = findCorrectionFault(optOut);
  if (fault) return fault;
  return hasProof && !includesProof ? { key: "opt-out.burst-has-proof" } : null;
}

/** The most refusals that people make in a time span. One more makes a burst. */
export type RefusalRate = { seconds: number; most: number };

const ONE_MINUTE: RefusalRate = { seconds: 60, most: 60 };

/** Limits for one address on one organization's page. An office or a carrier may share an address. */
export const ADDRESS_RATES: readonly RefusalRate[] = [ONE_MINUTE, { seconds: 3_600, most: 300 }];

/** Above this rate an address gets no receipts. */
export const RECEIPT_RATES: readonly RefusalRate[] = [ONE_MINUTE];

/** Limits for all addresses together, without a proof of work. A flood may come from many addresses. */
export const ALL_ADDRESSES_RATES: readonly RefusalRate[] = [
  { seconds: 60, most: 300 },
  { seconds: 3_600, most: 3_000 },
];

/** A burst ends after this much silence. Later refusals are not part of it. */
export const BURST_SILENCE_SECONDS = 600;

/** Seconds in which refusals count as simultaneous: they did not see each other, so a later one adds them. */
export const SAME_TIME_SECONDS = 10;

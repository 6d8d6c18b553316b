import { z } from "zod";
import { BurstLiftingId, RefusalBurstId } from "../ids.ts";
import { storableText } from "../text/index.ts";

/** Bursts of refusals, the last first, from a cursor on. */
export const ListBursts = z.strictObject({ after: RefusalBurstId.optional() });
export type ListBursts = z.infer<typeof ListBursts>;

/** One burst, and its refusals from a cursor on. */
export const ReadBurst = z.strictObject({ id: RefusalBurstId, after: z.uuid().optional() });
export type ReadBurst = z.infer<typeof ReadBurst>;

/** An officer has looked at a burst, and leaves its refusals as they are. */
export const DismissBurst = z.strictObject({ id: RefusalBurstId });
export type DismissBurst = z.infer<typeof DismissBurst>;

/** An officer asks for the refusals of a burst to be lifted (contract 6). */
export const ProposeBurstLifting = z.strictObject({
  id: RefusalBurstId,
  reason: storableText(2_000).min(1),
  /** Also those that came with a proof of work: a browser sends one, and so may a flood. */
  includesProof: z.boolean().default(false),
});
export type ProposeBurstLifting = z.infer<typeof ProposeBurstLifting>;

/** Another officer accepts it; any of them leaves the refusals as they are. */
export const AnswerBurstLifting = z.strictObject({ id: BurstLiftingId, isAccepted: z.boolean() });
export type AnswerBurstLifting = z.infer<typeof AnswerBurstLifting>;

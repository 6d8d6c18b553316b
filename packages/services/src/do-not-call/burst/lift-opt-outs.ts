import type { OptOutId, RefusalBurstId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { loadOptOuts } from "../opt-out/opt-out.ts";
import { type CorrectedOptOut, recordCorrectionStatements } from "../opt-out/statement.ts";

export type AcceptedLifting = {
  burstId: RefusalBurstId;
  includesProof: boolean;
  /** Null once it was erased. */
  reason: string | null;
  proposedAt: Date;
  proposedBy: unknown;
  acceptedBy: unknown;
};

/**
 * Corrects opt-outs on behalf of the two officers who decided on their burst. Call it with their phones
 * locked.
 */
export async function liftOptOuts(
  ctx: TransactionContext,
  lifting: AcceptedLifting,
  ids: readonly OptOutId[],
) {
  if (ids.length === 0) return;
  const { db, organizationId, now } = ctx;
  const { proposedAt, proposedBy, acceptedBy, reason } = lifting;
  const corrections = await db.optOutCorrection.createManyAndReturn({
    data: ids.map((optOutId) => ({
      organizationId,
      optOutId,
      proposedAt,
      actor: Object(proposedBy),
    })),
  });
  await db.optOutCorrectionReason.createMany({
    data: corrections.flatMap(({ id }) =>
      reason === null ? [] : { organizationId, correctionId: id, text: reason },
    ),
  });
  await db.optOutCorrectionAnswer.createMany({
    data: corrections.map(({ id, optOutId }) => ({
      organizationId,
      correctionId: id,
      optOutId,
      isAccepted: true,
      answeredAt: now,
      actor: Object(acceptedBy),
    })),
  });
  // Dialers that keep a copy learn of it through the feed.
  await db.optOutQueue.createMany({
    data: ids.map((optOutId) => ({ organizationId, optOutId, change: "lifted" })),
  });
  const corrected = await pairWithOptOuts(ctx, corrections);
  await recordCorrectionStatements(ctx, corrected, "flood");
  await auditLifted(ctx, corrected, lifting);
}

async function pairWithOptOuts(
  ctx: TransactionContext,
  corrections: readonly (CorrectedOptOut["correction"] & { optOutId: string })[],
): Promise<CorrectedOptOut[]> {
  const optOuts = await loadOptOuts(
    ctx,
    corrections.map(({ optOutId }) => optOutId),
  );
  const known = new Map(optOuts.map((optOut) => [String(optOut.id), optOut]));
  return corrections.map((correction) => {
    const optOut = known.get(correction.optOutId);
    if (!optOut) throw new Error("a corrected opt-out is not on record");
    return { optOut, correction };
  });
}

async function auditLifted(
  { db, organizationId, actor, now }: TransactionContext,
  corrected: readonly CorrectedOptOut[],
  { burstId }: AcceptedLifting,
) {
  await db.auditEntry.createMany({
    data: corrected.map(({ optOut, correction }) => ({
      organizationId,
      actor: actorOnRecord(actor),
      action: "opt-out.lift-burst",
      phoneId: optOut.phoneId,
      details: { burstId, optOutId: optOut.id, correctionId: correction.id },
      at: now,
    })),
  });
}

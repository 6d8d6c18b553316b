import { type TransactionContext, command, toStoredActor } from "../../platform/internal.ts";
import { z } from "zod";
import { BurstLiftingId, OptOutId, RefusalBurstId } from "@ringfence/core/ids";
import { findBurstLiftingFault } from "@ringfence/core/do-not-call/burst";
import { lockPhones } from "../../people/phone/internal.ts";
import { addBurstFacts } from "./opt-outs.ts";
import {
  type CorrectedOptOut,
  findOptOuts,
  recordCorrectionStatements,
} from "../opt-out/internal.ts";

/** Opt-outs lifted in one transaction, so that no phone stays locked for long. */
const OPT_OUTS_PER_BATCH = 100;

/**
 * Lifts the next opt-outs that an accepted answer names, each with its own correction. Those in which
 * `findBurstLiftingFault` finds a fault stay in force. Returns the cursor to continue from, or null at the end or if
 * the lifting is not accepted. An answer without our MAC lifts nothing. A repeated call lifts nothing twice.
 */
export const liftBurst = command({
  name: "liftBurst",
  action: "opt-out.lift-burst",
  input: z.strictObject({ liftingId: BurstLiftingId, after: OptOutId.nullable() }),
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { liftingId, after }): Promise<OptOutId | null> => {
    const lifting = await findAcceptedLifting(ctx, liftingId);
    if (lifting === null) return null;
    const next = lifting.optOutIds
      .filter((id) => after === null || id > after)
      .slice(0, OPT_OUTS_PER_BATCH);
    const optOuts = await findOptOuts(ctx, next);
    const lockedCtx = await lockPhones(
      ctx,
      optOuts.map(({ phoneId }) => phoneId),
    );
    // Which opt-outs with a proof of work are lifted was decided when the answer named them.
    const named = optOuts.map(({ id }) => ({ optOutId: id, hasProof: false }));
    const withFacts = await addBurstFacts(lockedCtx, named);
    const liftable = withFacts.filter(
      ({ facts }) => findBurstLiftingFault(facts, { includesProof: false }) === null,
    );
    await liftOptOuts(
      lockedCtx,
      lifting,
      liftable.map(({ optOutId }) => optOutId),
    );
    return next.at(-1) ?? null;
  },
  // One row for each opt-out that is lifted.
  audit: "by run",
});

type NamedOptOuts = { liftingId: BurstLiftingId; optOutIds: readonly OptOutId[] };

/** Builds the text that the MAC of an accepted answer covers: the lifting, and the opt-outs that it accepts. */
export const toLiftingMacText = ({ liftingId, optOutIds }: NamedOptOuts) =>
  [liftingId, ...optOutIds].join(" ");

/** Finds an accepted lifting whose answer our own code wrote; null if there is none. */
async function findAcceptedLifting(
  { db, keys, organizationId }: TransactionContext,
  liftingId: BurstLiftingId,
): Promise<AcceptedLifting | null> {
  const row = await db.burstLiftingAnswer.findFirst({
    where: { organizationId, liftingId, isAccepted: true },
    include: { lifting: { include: { reasons: true } } },
  });
  if (row === null || row.mac === null) return null;
  const optOutIds = row.optOutIds.map((id) => OptOutId.parse(id));
  const text = toLiftingMacText({ liftingId, optOutIds });
  if (!keys.isMac(organizationId, "burst lifting", text, row.mac)) return null;
  return {
    burstId: RefusalBurstId.parse(row.lifting.burstId),
    optOutIds,
    reason: row.lifting.reasons[0]?.text ?? null,
    proposedAt: row.lifting.proposedAt,
    proposedBy: row.lifting.actor,
    acceptedBy: row.actor,
  };
}

type AcceptedLifting = {
  burstId: RefusalBurstId;
  /** In order. */
  optOutIds: readonly OptOutId[];
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
async function liftOptOuts(
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
  const optOuts = await findOptOuts(
    ctx,
    corrections.map(({ optOutId }) => optOutId),
  );
  const byId = new Map(optOuts.map((optOut) => [String(optOut.id), optOut]));
  return corrections.map((correction) => {
    const optOut = byId.get(correction.optOutId);
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
      actor: toStoredActor(actor),
      action: "opt-out.lift-burst",
      phoneId: optOut.phoneId,
      details: { burstId, optOutId: optOut.id, correctionId: correction.id },
      at: now,
    })),
  });
}

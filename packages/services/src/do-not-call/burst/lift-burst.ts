import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { type BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { findBurstLiftingFault } from "@ringfence/core/do-not-call/burst";
import type { TransactionContext } from "../../platform/context.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { addBurstFacts, loadBurstRows } from "./load-burst-opt-outs.ts";
import { type AcceptedLifting, liftOptOuts } from "./lift-opt-outs.ts";

/** Opt-outs lifted in one transaction, so that no phone stays locked for long. */
const BATCH = 100;

/**
 * Lifts the next opt-outs of a burst whose lifting was accepted, each with its own correction. Returns the
 * cursor to continue from, or null at the end. A repeated call lifts nothing twice.
 */
export const liftBurst = command({
  name: "liftBurst",
  action: "opt-out.lift-burst",
  input: z.custom<{ liftingId: BurstLiftingId; after: string | null }>(),
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { liftingId, after }): Promise<string | null> => {
    const lifting = await findAccepted(ctx, liftingId);
    if (lifting === null) return null;
    // The officers have not seen what joined after the first of them asked.
    const until = lifting.proposedAt;
    const rows = await loadBurstRows(ctx, lifting.burstId, { after, limit: BATCH, until });
    const later = await lockPhones(
      ctx,
      rows.map(({ phoneId }) => phoneId),
    );
    const known = await addBurstFacts(later, rows);
    const lifted = known.filter(({ facts }) => findBurstLiftingFault(facts, lifting) === null);
    await liftOptOuts(
      later,
      lifting,
      lifted.map(({ optOutId }) => optOutId),
    );
    return rows.at(-1)?.refusalId ?? null;
  },
  audit: "by run",
});

async function findAccepted(
  { db, organizationId }: TransactionContext,
  liftingId: BurstLiftingId,
): Promise<AcceptedLifting | null> {
  const row = await db.burstLiftingAnswer.findFirst({
    where: { organizationId, liftingId, isAccepted: true },
    include: { lifting: { include: { reasons: true } } },
  });
  return (
    row && {
      burstId: RefusalBurstId.parse(row.lifting.burstId),
      includesProof: row.lifting.includesProof,
      reason: row.lifting.reasons[0]?.text ?? null,
      proposedAt: row.lifting.proposedAt,
      proposedBy: row.lifting.actor,
      acceptedBy: row.actor,
    }
  );
}

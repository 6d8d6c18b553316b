import { type BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { burstLiftingFault } from "@ringfence/core/do-not-call/opt-out";
import { allow } from "../../platform/access/allow.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { addBurstFacts, loadBurstRows } from "./load-burst-opt-outs.ts";
import { type AcceptedLifting, liftOptOuts } from "./lift-opt-outs.ts";

/** Opt-outs lifted in one transaction, so that no phone stays locked for long. */
const BATCH = 100;

/**
 * Lifts the next opt-outs of a burst whose lifting was accepted, each with its own correction. Returns the
 * cursor to continue from, or null at the end. A repeated call lifts nothing twice.
 */
export async function liftBurst(
  ctx: ServiceContext,
  { liftingId, after }: { liftingId: BurstLiftingId; after: string | null },
): Promise<string | null> {
  allow(ctx, "opt-out.lift-burst");

  return inTransaction(
    ctx,
    async (ctx) => {
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
      const lifted = known.filter(({ facts }) => burstLiftingFault(facts, lifting) === null);
      await liftOptOuts(
        later,
        lifting,
        lifted.map(({ optOutId }) => optOutId),
      );
      return rows.at(-1)?.refusalId ?? null;
    },
    { timeoutMs: 60_000 },
  );
}

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

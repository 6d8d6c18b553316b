import { query } from "../../platform/verb.ts";
import type { OptOutId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { findBurstLiftingFault, ReadBurst } from "@ringfence/core/do-not-call/burst";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type BurstView, viewBursts } from "./burst-view.ts";
import { addBurstFacts, loadBurstRows, type BurstRowWithFacts } from "./load-burst-opt-outs.ts";

const PAGE = 50;

export type BurstOptOutView = {
  optOutId: OptOutId;
  phoneId: string;
  /** Null once it was erased. */
  phone: string | null;
  reference: string;
  receivedAt: Date;
  hasProof: boolean;
  /** Reason why the last proposed lifting does not, or would not, lift it; null if it does. */
  stayReason: Message | null;
};

export type BurstDetails = BurstView & { optOuts: readonly BurstOptOutView[]; next: string | null };

/** Loads one burst and the opt-outs that it created, starting after a cursor. */
export const readBurst = query({
  name: "readBurst",
  action: "opt-out.read",
  input: ReadBurst,
  run: async (ctx, { id, after }): Promise<BurstDetails> => {
    const [burst] = await viewBursts(ctx, [id]);
    if (burst === undefined)
      throw new ServiceError("not-found", { key: "opt-out.burst-not-found" });
    const rows = await loadBurstRows(ctx, id, { after: after ?? null, limit: PAGE + 1 });
    const shown = await addBurstFacts(ctx, rows.slice(0, PAGE));
    await appendAudit(ctx, "opt-out.read", { burstId: id, optOuts: shown.length });
    const includesProof = burst.liftings[0]?.includesProof ?? false;
    return {
      ...burst,
      optOuts: await viewOptOuts(ctx, shown, includesProof),
      next: rows.length > PAGE ? (shown.at(-1)?.refusalId ?? null) : null,
    };
  },
  audit: "by run",
});

async function viewOptOuts(
  { db, organizationId }: TransactionContext,
  rows: readonly BurstRowWithFacts[],
  includesProof: boolean,
): Promise<BurstOptOutView[]> {
  const optOuts = await db.optOut.findMany({
    where: { organizationId, id: { in: rows.map(({ optOutId }) => optOutId) } },
    include: { phone: { select: { e164: true } } },
  });
  const known = new Map(optOuts.map((optOut) => [optOut.id, optOut]));
  return rows.flatMap(({ optOutId, phoneId, hasProof, facts }) => {
    const optOut = known.get(optOutId);
    if (optOut === undefined) return [];
    return {
      optOutId,
      phoneId,
      phone: optOut.phone.e164,
      reference: optOut.reference,
      receivedAt: optOut.recordedAt,
      hasProof,
      stayReason: findBurstLiftingFault(facts, { includesProof }),
    };
  });
}

import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { type CorrectionTold, isWaiting, tellCorrections } from "./tell-corrections.ts";

export type CorrectionsListed = { items: readonly CorrectionTold[]; count: number };

/** Corrections that wait for another officer, the last first; `count` is of all that wait. */
export async function listCorrections(ctx: ServiceContext): Promise<CorrectionsListed> {
  allow(ctx, "opt-out.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const count = await db.optOutCorrection.count({ where: { organizationId, ...isWaiting } });
    const items = await tellCorrections(ctx, { optOutId: null });
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { corrections: items.length });
    return { items, count };
  });
}

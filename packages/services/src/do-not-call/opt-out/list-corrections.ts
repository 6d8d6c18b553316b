import { query } from "../../platform/verb.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type CorrectionTold, isWaiting, tellCorrections } from "./tell-corrections.ts";

export type CorrectionsListed = { items: readonly CorrectionTold[]; count: number };

/** Corrections that wait for another officer, the last first; `count` is of all that wait. */
export const listCorrections = query({
  name: "listCorrections",
  action: "opt-out.read",
  run: async (ctx): Promise<CorrectionsListed> => {
    const { db, organizationId } = ctx;
    const count = await db.optOutCorrection.count({ where: { organizationId, ...isWaiting } });
    const items = await tellCorrections(ctx, { optOutId: null });
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { corrections: items.length });
    return { items, count };
  },
  audit: "by run",
});

import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { type CorrectionTold, tellCorrections } from "./tell-corrections.ts";

/** Corrections that wait for another officer, the last first. */
export async function listCorrections(ctx: ServiceContext): Promise<CorrectionTold[]> {
  allow(ctx, "opt-out.read");

  return inTransaction(ctx, async (ctx) => {
    const items = await tellCorrections(ctx, { optOutId: null });
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { corrections: items.length });
    return items;
  });
}

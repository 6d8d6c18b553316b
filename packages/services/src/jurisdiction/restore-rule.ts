import type { RestoreRule } from "@ringfence/core/jurisdiction";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** Lets a rule refuse again, from the next screening on. Says `conflict` where it does. */
export async function restoreRule(ctx: ServiceContext, { ruleId }: RestoreRule): Promise<void> {
  allow(ctx, "rule.override");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { count } = await db.ruleOverride.deleteMany({ where: { organizationId, ruleId } });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "rule.override", { ruleId, change: "refuses" });
  });
}

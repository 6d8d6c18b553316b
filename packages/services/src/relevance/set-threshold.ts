import type { SetThreshold } from "@ringfence/core/relevance";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/** From now on, calls of a lower chance are held back; null holds nobody back. */
export async function setThreshold(ctx: ServiceContext, { threshold }: SetThreshold) {
  allow(ctx, "relevance.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor, now } = ctx;
    await db.relevanceThreshold.create({
      data: { organizationId, threshold, setAt: now, actor: actorOnRecord(actor) },
    });
    await appendAudit(ctx, "relevance.change", { threshold });
  });
}

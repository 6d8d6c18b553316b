import type { SetThreshold } from "@ringfence/core/audience/relevance";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allow } from "../../platform/access/allow.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireOffer } from "../offer/require-offer.ts";

/**
 * From now on, calls of a lower chance are held back, about one offer or about all that have no threshold
 * of their own; null holds nobody back. It holds for every seller, so it is not for who works for some.
 */
export async function setThreshold(ctx: ServiceContext, set: SetThreshold): Promise<void> {
  allow(ctx, "relevance.change");
  if (sellersSeenBy(ctx.actor) !== null) {
    throw new ServiceError("forbidden", { key: "error.all-sellers" });
  }

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor, now } = ctx;
    const offerId = "offerId" in set ? set.offerId : null;
    if (offerId !== null) await requireOffer(ctx, offerId);
    const isOfAll = set.threshold === "of-all";
    const threshold = set.threshold === "of-all" ? null : set.threshold;
    await db.relevanceThreshold.create({
      data: {
        organizationId,
        offerId,
        isOfAll,
        threshold,
        setAt: now,
        actor: actorOnRecord(actor),
      },
    });
    await appendAudit(ctx, "relevance.change", { ...set });
  });
}

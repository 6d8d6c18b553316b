import { type SetThreshold, type TradeOff, tradeOffsFor } from "@ringfence/core/audience/relevance";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allow } from "../../platform/access/allow.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireOffer } from "../offer/offer.ts";
import { query } from "../../platform/verb.ts";
import { AskOffer } from "@ringfence/core/audience/offer";
import { type RelevanceInForce, relevanceInForce, thresholdOf } from "./in-force.ts";

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

/** Below which chance calls about an offer are held back, and what other thresholds would have held back. */
export const readThreshold = query({
  name: "readThreshold",
  action: "relevance.read",
  input: AskOffer,
  run: async (ctx, { offerId }): Promise<ThresholdView> => {
    await requireOffer(ctx, offerId);
    return thresholdView(await relevanceInForce(ctx), offerId);
  },
  audit: "by run",
});

/** Below which chance calls are held back, and what others would have held back. */
export type ThresholdView = {
  /** Null holds nobody back. */
  threshold: number | null;
  /** The offer has one of its own; false of all offers together. */
  isOwn: boolean;
  /** That of all offers that have none of their own. */
  ofAll: number | null;
  /** The calls that were tested: those about the offer, or all where these are too few. */
  tested: { calls: number; isOwn: boolean; tradeOffs: TradeOff[] };
};

/** Of an offer, or of all: null. */
export const thresholdView = (found: RelevanceInForce, offerId: string | null): ThresholdView => ({
  threshold: offerId === null ? found.threshold : thresholdOf(found, offerId),
  isOwn: offerId !== null && found.thresholds.has(offerId),
  ofAll: found.threshold,
  tested: tradeOffsFor(found.tradeOffs, offerId),
});

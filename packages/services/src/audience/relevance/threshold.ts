import { SetThreshold, type TradeOff, selectTradeOffs } from "@ringfence/core/audience/relevance";
import {
  ServiceError,
  type TransactionContext,
  command,
  query,
  toStoredActor,
  visibleSellerIds,
} from "../../platform/internal.ts";
import type { OfferId } from "@ringfence/core/ids";
import { OfferReference } from "@ringfence/core/audience/offer";
import { type RelevanceInForce, findThreshold, loadRelevanceInForce } from "./in-force.ts";

/**
 * Sets the threshold below which calls are held back, for one offer or for all without their own. Null holds nobody
 * back; `of-all` makes an offer use the threshold for all again. It applies to every seller, so members of some sellers
 * cannot set it.
 */
export const setThreshold = command({
  name: "setThreshold",
  action: "relevance.change",
  input: SetThreshold,
  run: async (ctx, set): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    if (visibleSellerIds(actor) !== null) {
      throw new ServiceError("forbidden", { key: "error.all-sellers" });
    }
    const offerId = "offerId" in set ? set.offerId : null;
    if (offerId !== null) await assertOfferInUse(ctx, offerId);
    const isOfAll = set.threshold === "of-all";
    const threshold = set.threshold === "of-all" ? null : set.threshold;
    await db.relevanceThreshold.create({
      data: {
        organizationId,
        offerId,
        isOfAll,
        threshold,
        setAt: now,
        actor: toStoredActor(actor),
      },
    });
  },
  audit: (_, set) => ({ ...set }),
});

/** Reads the threshold of an offer, and what other thresholds would have held back. */
export const readThreshold = query({
  name: "readThreshold",
  action: "relevance.read",
  input: OfferReference,
  run: async (ctx, { offerId }): Promise<ThresholdView> => {
    await assertOfferInUse(ctx, offerId);
    return toThresholdView(await loadRelevanceInForce(ctx), offerId);
  },
  audit: "none",
});

/** A threshold, and what others would have held back. */
export type ThresholdView = {
  /** Null holds nobody back. */
  threshold: number | null;
  /** The offer has its own. False for all offers together. */
  isOwn: boolean;
  /** The threshold for offers without their own. */
  ofAll: number | null;
  /** The tested calls: those about the offer, or all if it has too few. */
  tested: { calls: number; isOwn: boolean; tradeOffs: TradeOff[] };
};

/** Builds the view of the threshold of an offer, or of all offers if `offerId` is null. */
export const toThresholdView = (
  inForce: RelevanceInForce,
  offerId: string | null,
): ThresholdView => ({
  threshold: offerId === null ? inForce.threshold : findThreshold(inForce, offerId),
  isOwn: offerId !== null && inForce.thresholds.has(offerId),
  ofAll: inForce.threshold,
  tested: selectTradeOffs(inForce.tradeOffs, offerId),
});

async function assertOfferInUse({ db, organizationId }: TransactionContext, id: OfferId) {
  const count = await db.offer.count({ where: { organizationId, id, archivedAt: null } });
  if (count === 0) throw new ServiceError("not-found", { key: "offer.not-found" });
}

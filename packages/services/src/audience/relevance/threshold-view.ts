import { type TradeOff, tradeOffsFor } from "@ringfence/core/audience/relevance";
import { type RelevanceInForce, thresholdOf } from "./relevance-in-force.ts";

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

import { z } from "zod";
import type { Prediction } from "./evaluation.ts";
import { CallResult } from "./call-result.ts";
import { OfferId } from "../../platform/ids.ts";

/** A prediction with the exact result of the call. */
export type ResultPrediction = Prediction & { result: CallResult };

const Share = z.number().min(0).max(1);

/** Shares that a threshold would have held back: of all calls, and of the calls with each result. */
export const TradeOff = z.object({
  threshold: Share,
  calls: Share,
  of: z.record(CallResult, Share),
});
export type TradeOff = z.infer<typeof TradeOff>;

/** Trade-offs for all tested calls, and for each offer with enough of them. */
export const TradeOffs = z.object({
  calls: z.int(),
  ofAll: TradeOff.array(),
  ofOffers: z.array(z.object({ offer: z.string(), calls: z.int(), tradeOffs: TradeOff.array() })),
});
export type TradeOffs = z.infer<typeof TradeOffs>;

export const noTradeOffs: TradeOffs = { calls: 0, ofAll: [], ofOffers: [] };

/** With fewer calls, thresholds that differ by 5% of them would differ by fewer than five calls. */
export const MIN_CALLS_PER_OFFER = 100;

/** Selects the trade-offs for an offer (`isOwn`), or those for all calls if the offer was not measured separately. */
export function selectTradeOffs(
  { calls, ofAll, ofOffers }: TradeOffs,
  offer: string | null,
): { calls: number; isOwn: boolean; tradeOffs: TradeOff[] } {
  const measured = ofOffers.find((each) => each.offer === offer);
  return measured ? { ...measured, isOwn: true } : { calls, isOwn: false, tradeOffs: ofAll };
}

/** Measures what a threshold would have held back: the calls with a lower chance. */
export function measureTradeOff(
  predictions: readonly ResultPrediction[],
  threshold: number,
): TradeOff {
  const measureShareBelow = (all: readonly ResultPrediction[]) =>
    all.filter(({ chance }) => chance < threshold).length / Math.max(1, all.length);
  const ofResult = (wanted: CallResult) =>
    measureShareBelow(predictions.filter(({ result }) => result === wanted));
  return {
    threshold,
    calls: measureShareBelow(predictions),
    of: {
      accepted: ofResult("accepted"),
      refused: ofResult("refused"),
      opted_out: ofResult("opted_out"),
      complained: ofResult("complained"),
    },
  };
}

/** Measures thresholds that hold back about 5%, 10%, … of the calls, without duplicates. */
export function measureTradeOffs(predictions: readonly ResultPrediction[]): TradeOff[] {
  const sorted = predictions.map(({ chance }) => chance).toSorted((a, b) => a - b);
  const at = Array.from(
    { length: 19 },
    (_, step) => sorted[Math.floor((sorted.length * (step + 1)) / 20)],
  );
  const thresholds = [...new Set(at)].filter((threshold) => threshold !== undefined);
  return thresholds.map((threshold) => measureTradeOff(predictions, threshold));
}

/** Calls with a lower chance are held back. Null holds nobody back. */
const Threshold = z.number().min(0).max(1).nullable();

/** A threshold for all offers, or for one. `of-all` makes the offer use the threshold for all again. */
export const SetThreshold = z.union([
  z.strictObject({ threshold: Threshold }),
  z.strictObject({ offerId: OfferId, threshold: z.union([Threshold, z.literal("of-all")]) }),
]);
export type SetThreshold = z.infer<typeof SetThreshold>;

/** Share of contacts who are called whatever their chance, to measure the effect of holding others back. */
export const CONTROL_GROUP_PERCENT = 5;

/**
 * True if a contact belongs to the control group of a campaign. `hash` is a keyed hash of both (at least 4 bytes), so
 * the answer stays the same throughout the campaign, and nobody can predict it without the key.
 */
export function isInControlGroup(hash: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = hash;
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32 < CONTROL_GROUP_PERCENT / 100;
}

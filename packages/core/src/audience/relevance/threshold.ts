import { z } from "zod";
import type { Prediction } from "./evaluation.ts";
import { CallResult } from "./call-result.ts";
import { OfferId } from "../../platform/ids.ts";

/** The same of a call of which more is known than whether it was accepted. */
export type ResultPrediction = Prediction & { result: CallResult };

const Share = z.number().min(0).max(1);

/** What a threshold would have held back: a share of the calls, and of all that came to each result. */
export const TradeOff = z.object({
  threshold: Share,
  calls: Share,
  of: z.record(CallResult, Share),
});
export type TradeOff = z.infer<typeof TradeOff>;

/** What was tested: of all calls, and of those about each offer of which enough were. */
export const TradeOffs = z.object({
  calls: z.int(),
  ofAll: TradeOff.array(),
  ofOffers: z.array(z.object({ offer: z.string(), calls: z.int(), tradeOffs: TradeOff.array() })),
});
export type TradeOffs = z.infer<typeof TradeOffs>;

export const noTradeOffs: TradeOffs = { calls: 0, ofAll: [], ofOffers: [] };

/** Of fewer calls that were tested, a twentieth is too few to tell a threshold by. */
export const FEWEST_OF_OFFER = 100;

/** The trade-offs that a threshold of an offer is chosen by; those of all calls where its own are too few. */
export function tradeOffsFor(
  { calls, ofAll, ofOffers }: TradeOffs,
  offer: string | null,
): { calls: number; isOwn: boolean; tradeOffs: TradeOff[] } {
  const own = ofOffers.find((one) => one.offer === offer);
  return own ? { ...own, isOwn: true } : { calls, isOwn: false, tradeOffs: ofAll };
}

/** A call is held back when its chance is below the threshold. */
export function tradeOffAt(predictions: readonly ResultPrediction[], threshold: number): TradeOff {
  const shareOf = (all: readonly ResultPrediction[]) =>
    all.filter(({ chance }) => chance < threshold).length / Math.max(1, all.length);
  const ofResult = (wanted: CallResult) =>
    shareOf(predictions.filter(({ result }) => result === wanted));
  return {
    threshold,
    calls: shareOf(predictions),
    of: {
      accepted: ofResult("accepted"),
      refused: ofResult("refused"),
      opted_out: ofResult("opted_out"),
      complained: ofResult("complained"),
    },
  };
}

/** Thresholds that hold back about a twentieth of the calls, two twentieths … none twice. */
export function tradeOffsOf(predictions: readonly ResultPrediction[]): TradeOff[] {
  const sorted = predictions.map(({ chance }) => chance).toSorted((a, b) => a - b);
  const at = Array.from(
    { length: 19 },
    (_, step) => sorted[Math.floor((sorted.length * (step + 1)) / 20)],
  );
  const thresholds = [...new Set(at)].filter((threshold) => threshold !== undefined);
  return thresholds.map((threshold) => tradeOffAt(predictions, threshold));
}

/** Calls of a lower chance are held back; null holds nobody back. */
const Threshold = z.number().min(0).max(1).nullable();

/** Of all offers, or of one: `of-all` lets it go by that of all again. */
export const SetThreshold = z.union([
  z.strictObject({ threshold: Threshold }),
  z.strictObject({ offerId: OfferId, threshold: z.union([Threshold, z.literal("of-all")]) }),
]);
export type SetThreshold = z.infer<typeof SetThreshold>;

import type { Feature } from "./features.ts";
import type { Model } from "./model.ts";
import { HistoryTrait } from "./traits.ts";

const from = (trait: string, from: number): Feature => ({ is: "from", trait, from });
const was = (value: string, trait: string = HistoryTrait.lastResult): Feature => ({
  is: "value",
  trait,
  value,
});

/**
 * The default model, used until an organization's own calls allow a better one. The weights are our
 * judgment; docs/relevance.md gives the reasons. Steps add up. The intercept is one acceptance in twenty. No calls
 * were counted, so each `share` is 0: drivers are measured against a person without any of the features.
 */
export const documentedModel: Model = {
  intercept: Math.log(0.05 / 0.95),
  calibration: { slope: 1, intercept: 0 },
  weights: [
    { feature: from(HistoryTrait.calls, 1), weight: -0.2, share: 0 },
    { feature: from(HistoryTrait.calls, 3), weight: -0.4, share: 0 },
    { feature: from(HistoryTrait.calls, 6), weight: -0.6, share: 0 },
    { feature: was("accepted"), weight: 0.7, share: 0 },
    { feature: was("refused"), weight: -0.7, share: 0 },
    { feature: was("opted_out"), weight: -1.5, share: 0 },
    { feature: was("complained"), weight: -2, share: 0 },
    { feature: was("refused", HistoryTrait.resultOfOffer), weight: -1, share: 0 },
    { feature: was("accepted", HistoryTrait.resultOfOffer), weight: -0.5, share: 0 },
    { feature: from(HistoryTrait.purchases, 1), weight: 0.5, share: 0 },
    { feature: from(HistoryTrait.purchases, 3), weight: 0.3, share: 0 },
    { feature: from(HistoryTrait.sincePurchase, 180), weight: -0.3, share: 0 },
    { feature: from(HistoryTrait.visits, 1), weight: 0.3, share: 0 },
    { feature: from(HistoryTrait.visits, 5), weight: 0.2, share: 0 },
  ],
};

import { type Driver, findMainDrivers } from "@ringfence/core/audience/relevance";
import { query, visibleSellerIds } from "../../platform/internal.ts";
import { type RelevanceInForce, loadRelevanceInForce } from "./in-force.ts";
import { type ThresholdView, toThresholdView } from "./threshold.ts";

export type RelevanceView = Pick<
  RelevanceInForce,
  "trainedAt" | "outcomes" | "standing" | "evaluation"
> & {
  /**
   * Attributes that affect scores most. Empty for the default weights, null for members of some sellers only,
   * because they were learned from the calls of all.
   */
  drivers: Driver[] | null;
  /** The threshold for offers without their own. */
  holding: ThresholdView;
};

/**
 * Reads how people are scored, how good that is, what affects it most, and what thresholds would hold back.
 */
export const readRelevance = query({
  name: "readRelevance",
  action: "relevance.read",
  run: async (ctx): Promise<RelevanceView> => {
    const found = await loadRelevanceInForce(ctx);
    const { trainedAt, outcomes, standing, evaluation, model } = found;
    const drivers = visibleSellerIds(ctx.actor) === null ? findMainDrivers(model) : null;
    const holding = toThresholdView(found, null);
    return { trainedAt, outcomes, standing, evaluation, drivers, holding };
  },
  audit: "none",
});

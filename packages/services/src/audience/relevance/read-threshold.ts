import { query } from "../../platform/verb.ts";
import { AskOffer } from "@ringfence/core/audience/offer";
import { requireOffer } from "../offer/require-offer.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { type ThresholdView, thresholdView } from "./threshold-view.ts";

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

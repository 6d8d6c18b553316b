import type { AskOffer } from "@ringfence/core/audience/offer";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireOffer } from "../offer/require-offer.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { type ThresholdView, thresholdView } from "./threshold-view.ts";

/** Below which chance calls about an offer are held back, and what other thresholds would have held back. */
export async function readThreshold(
  ctx: ServiceContext,
  { offerId }: AskOffer,
): Promise<ThresholdView> {
  allow(ctx, "relevance.read");

  return inTransaction(ctx, async (ctx) => {
    await requireOffer(ctx, offerId);
    return thresholdView(await relevanceInForce(ctx), offerId);
  });
}

import { type Driver, mainDrivers } from "@ringfence/core/audience/relevance";
import { allow } from "../../platform/access/allow.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { type RelevanceInForce, relevanceInForce } from "./in-force.ts";
import { type ThresholdView, thresholdView } from "./threshold.ts";

export type RelevanceView = Pick<
  RelevanceInForce,
  "trainedAt" | "outcomes" | "standing" | "evaluation"
> & {
  /**
   * What moves chances most; none of the documented weights, which stand in docs/relevance.md. Null for who
   * works for some sellers: it was learned from the calls of all.
   */
  drivers: Driver[] | null;
  /** Of all offers that have none of their own. */
  holding: ThresholdView;
};

/** By what people are scored, how good that is, what moves it most, and what a threshold would hold back. */
export async function readRelevance(ctx: ServiceContext): Promise<RelevanceView> {
  allow(ctx, "relevance.read");

  const found = await inTransaction(ctx, relevanceInForce);
  const { trainedAt, outcomes, standing, evaluation, model } = found;
  const drivers = sellersSeenBy(ctx.actor) === null ? mainDrivers(model) : null;
  const holding = thresholdView(found, null);
  return { trainedAt, outcomes, standing, evaluation, drivers, holding };
}

import type { Place } from "@ringfence/core/segment";
import { inTransaction, type RootContext } from "../context.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { scorePeople } from "./score-people.ts";

/** The last step of a waterfall: of people who could be called, those of too small a chance end at it. */
export const holdBack = async (
  ctx: RootContext,
  ordinals: readonly number[],
  places: readonly Place[],
): Promise<Place[]> => {
  const { threshold } = await inTransaction(ctx, relevanceInForce);
  if (threshold === null) return [...places];
  const callable = ordinals.filter((_, index) => places[index] === "callable");
  const scores = await inAnalysis(ctx, (ctx) => scorePeople(ctx, callable));
  return places.map((place, index) => {
    const score = place === "callable" ? scores.get(ordinals[index] ?? 0) : undefined;
    return score?.isHeldBack === true ? "relevance" : place;
  });
};

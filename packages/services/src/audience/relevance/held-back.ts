import { inTransaction, type RootContext } from "../../platform/context.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { SCORED_AT_ONCE, scorePeople } from "./score-people.ts";

/**
 * Of some people, those whose chance to accept is below the threshold of all offers. A campaign calls a
 * few of them all the same, to measure it.
 */
export const heldBack = async (
  ctx: RootContext,
  ordinals: readonly number[],
): Promise<ReadonlySet<number>> => {
  const { threshold, model } = await inTransaction(ctx, relevanceInForce);
  const held = new Set<number>();
  if (threshold === null) return held;
  for (let from = 0; from < ordinals.length; from += SCORED_AT_ONCE) {
    const page = ordinals.slice(from, from + SCORED_AT_ONCE);
    const scores = await inAnalysis(ctx, (ctx) => scorePeople(ctx, model, page, [null]));
    for (const [ordinal, { chances }] of scores) {
      if ((chances[0] ?? 1) < threshold) held.add(ordinal);
    }
  }
  return held;
};

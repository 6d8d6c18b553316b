import { inTransaction, type RootContext } from "../context.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { scorePeople } from "./score-people.ts";

/** Of some people, those whose chance to accept is below the threshold that is set: they are not called. */
export const heldBack = async (
  ctx: RootContext,
  ordinals: readonly number[],
): Promise<ReadonlySet<number>> => {
  const { threshold } = await inTransaction(ctx, relevanceInForce);
  if (threshold === null) return new Set();
  const scores = await inAnalysis(ctx, (ctx) => scorePeople(ctx, ordinals));
  return new Set(ordinals.filter((ordinal) => scores.get(ordinal)?.isHeldBack === true));
};

import type { SegmentCall } from "@ringfence/core/audience/segment";
import type { RootContext } from "../../platform/context.ts";
import { heldBack } from "../relevance/score.ts";
import { placesOfMany } from "./places-of-many.ts";
import { placesOfSome } from "./places-of-some.ts";
import type { ScreenedPeople } from "./screened-people.ts";

/** Fewer are asked for by their phones: to read all that an organization knows takes longer. */
const MANY = 5_000;

/** Where calls to people would end, now: those of too small a chance at the last step. Nothing is put on record: nobody is called by it. */
export const screenPeople = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const placesOf = ordinals.length < MANY ? placesOfSome : placesOfMany;
  const { places, ...screened } = await placesOf(ctx, named, ordinals);
  const callable = ordinals.filter((_, index) => places[index] === "callable");
  const held = await heldBack(ctx, callable);
  return {
    ...screened,
    places: places.map((place, index) => (held.has(ordinals[index] ?? 0) ? "relevance" : place)),
  };
};

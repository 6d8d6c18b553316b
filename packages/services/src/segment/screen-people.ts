import type { SegmentCall } from "@ringfence/core/segment";
import type { RootContext } from "../context.ts";
import { holdBack } from "../relevance/hold-back.ts";
import { placesOfMany } from "./places-of-many.ts";
import { placesOfSome } from "./places-of-some.ts";
import type { ScreenedPeople } from "./screened-people.ts";

/** Fewer are asked for by their phones: to read all that an organization knows takes longer. */
const MANY = 5_000;

/** Where calls to people would end, now. Nothing is put on record: nobody is called by it. */
export const screenPeople = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const placesOf = ordinals.length < MANY ? placesOfSome : placesOfMany;
  const { places, ...screened } = await placesOf(ctx, named, ordinals);
  return { ...screened, places: await holdBack(ctx, ordinals, places) };
};

import type { SegmentCall } from "@ringfence/core/segment";
import type { RootContext } from "../context.ts";
import { placesOfMany } from "./places-of-many.ts";
import { placesOfSome } from "./places-of-some.ts";
import type { ScreenedPeople } from "./screened-people.ts";

/** Fewer are asked for by their phones: to read all that an organization knows takes longer. */
const MANY = 5_000;

/** Where calls to people would end, now. Nothing is put on record: nobody is called by it. */
export const screenPeople = (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> =>
  ordinals.length < MANY ? placesOfSome(ctx, named, ordinals) : placesOfMany(ctx, named, ordinals);

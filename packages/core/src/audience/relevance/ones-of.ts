import { type Feature, holds } from "./feature.ts";
import type { Ones } from "./fit-logistic.ts";
import type { Traits } from "./traits.ts";

/** Which of the features hold for a person, by their places. */
export function onesOf(features: readonly Feature[], traits: Traits): Ones {
  const ones: number[] = [];
  for (const [place, feature] of features.entries()) if (holds(feature, traits)) ones.push(place);
  return ones;
}

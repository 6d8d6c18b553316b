import { z } from "zod";
import { Feature, holds } from "./features.ts";
import { logistic } from "./fit-logistic.ts";
import type { Traits } from "./traits.ts";

/** A straight line from the log odds of a fit to those that were seen (Platt 1999). */
export const Calibration = z.object({ slope: z.number().min(0), intercept: z.number() });
export type Calibration = z.infer<typeof Calibration>;

export const Weight = z.object({
  feature: Feature,
  /** In log odds. */
  weight: z.number(),
  /** Of all people, those for whom the feature holds. */
  share: z.number().min(0).max(1),
});
export type Weight = z.infer<typeof Weight>;

/** How the chance is reckoned that a call is accepted. */
export const Model = z.object({
  intercept: z.number(),
  weights: z.array(Weight),
  calibration: Calibration,
});
export type Model = z.infer<typeof Model>;

export const calibrated = ({ slope, intercept }: Calibration, logOdds: number): number =>
  logistic(intercept + slope * logOdds);

/** The chance, between 0 and 1, that a call to a person is accepted. */
export function chanceOf({ intercept, weights, calibration }: Model, traits: Traits): number {
  const ofOnes = weights.filter(({ feature }) => holds(feature, traits));
  const logOdds = ofOnes.reduce((sum, { weight }) => sum + weight, intercept);
  return calibrated(calibration, logOdds);
}

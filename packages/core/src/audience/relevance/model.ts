import { z } from "zod";
import { Feature, hasFeature } from "./features.ts";
import { logistic } from "./fit-logistic.ts";
import type { Traits } from "./traits.ts";

/** A straight line from a fit's log odds to the observed ones (Platt 1999). */
export const Calibration = z.object({ slope: z.number().min(0), intercept: z.number() });
export type Calibration = z.infer<typeof Calibration>;

export const Weight = z.object({
  feature: Feature,
  /** Weight in log odds. */
  weight: z.number(),
  /** Share of the training calls whose person had the feature. */
  share: z.number().min(0).max(1),
});
export type Weight = z.infer<typeof Weight>;

/** A logistic model of the chance that a call is accepted. */
export const Model = z.object({
  intercept: z.number(),
  weights: z.array(Weight),
  calibration: Calibration,
});
export type Model = z.infer<typeof Model>;

/** Converts the log odds of a fit to a chance, 0 to 1. */
export const calibrate = ({ slope, intercept }: Calibration, logOdds: number): number =>
  logistic(intercept + slope * logOdds);

/** Predicts the chance (0 to 1) that a call to a person is accepted. */
export function predictChance({ intercept, weights, calibration }: Model, traits: Traits): number {
  const ofOnes = weights.filter(({ feature }) => hasFeature(feature, traits));
  const logOdds = ofOnes.reduce((sum, { weight }) => sum + weight, intercept);
  return calibrate(calibration, logOdds);
}

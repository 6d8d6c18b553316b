import { z } from "zod";
import type { Evaluation } from "./evaluation.ts";

/** As many calls must have come to something before a model of them is believed. */
export const FEWEST_OUTCOMES = 500;
/** What the interval of the AUC must lie above. A coin has 0.5. */
export const LEAST_AUC = 0.55;

export const InForce = z.enum(["model", "few-outcomes", "one-sided", "no-better-than-chance"]);
/** The model, or the documented weights for the reason that is said. */
export type InForce = z.infer<typeof InForce>;

/** What scores are reckoned by: `evaluation` is on later calls, and null where those all came to the same. */
export function inForce(outcomes: number, evaluation: Evaluation | null): InForce {
  if (outcomes < FEWEST_OUTCOMES) return "few-outcomes";
  if (evaluation === null) return "one-sided";
  return evaluation.interval[0] < LEAST_AUC ? "no-better-than-chance" : "model";
}

import { z } from "zod";
import type { CampaignResults } from "./results-of.ts";
import { LEAST_REACHED } from "./results-of.ts";
import { differenceOf } from "./wilson.ts";

/** The share by which two groups may differ and still be said to be alike. */
const ALIKE = 0.05;

export const ThresholdEffect = z.enum(["too-early", "helps", "no-difference", "misleads"]);
export type ThresholdEffect = z.infer<typeof ThresholdEffect>;

/**
 * Whether those whom a threshold would have held back, and who were called to measure it, refuse, opt out or
 * complain more often than those whom it lets be called. Told once `LEAST_REACHED` of either were reached,
 * and the 95 % interval of the difference lies on one side of none, or close about it.
 */
export function thresholdEffect(
  below: CampaignResults,
  above: CampaignResults,
): { effect: ThresholdEffect; more: { low: number; high: number } } {
  const more = differenceOf(below.against, above.against);
  const isEnough = Math.min(below.against.of, above.against.of) >= LEAST_REACHED;
  if (!isEnough) return { effect: "too-early", more };
  if (more.low > 0) return { effect: "helps", more };
  if (more.high < 0) return { effect: "misleads", more };
  const isAlike = Math.max(-more.low, more.high) <= ALIKE;
  return { effect: isAlike ? "no-difference" : "too-early", more };
}

import type { Evaluation } from "@ringfence/core/audience/relevance";

export type Figures = Pick<
  Evaluation,
  "calls" | "accepted" | "auc" | "interval" | "calibrationError" | "lift10" | "alift"
> & { betterHalf: number };

/**
 * The figures of an evaluation; `betterHalf` is the share of all acceptances in the better half of
 * the calls.
 */
export const toFigures = (evaluation: Evaluation): Figures => ({
  ...evaluation,
  betterHalf: evaluation.gains[4] ?? 0,
});

/** The mean of each figure; for an interval, the means of its ends. */
export function meanFigures(all: readonly Figures[]): Figures {
  const mean = (figure: (figures: Figures) => number) =>
    all.reduce((sum, each) => sum + figure(each), 0) / all.length;
  return {
    calls: mean(({ calls }) => calls),
    accepted: mean(({ accepted }) => accepted),
    auc: mean(({ auc }) => auc),
    interval: [mean(({ interval }) => interval[0]), mean(({ interval }) => interval[1])],
    calibrationError: mean(({ calibrationError }) => calibrationError),
    lift10: mean(({ lift10 }) => lift10),
    alift: mean(({ alift }) => alift),
    betterHalf: mean(({ betterHalf }) => betterHalf),
  };
}

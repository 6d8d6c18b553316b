import {
  type FeatureSources,
  type Model,
  type Observation,
  type Prediction,
  createFolds,
  createForwardSplits,
  evaluate,
  predictChance,
  trainModel,
} from "@ringfence/core/audience/relevance";
import { type Figures, toFigures } from "./figures.ts";

function evaluatePredictions(predictions: readonly Prediction[]): Figures {
  const evaluation = evaluate(predictions);
  if (evaluation === null) throw new Error("The calls to test on all came to the same.");
  return toFigures(evaluation);
}

const predictAll = (model: Model, tested: readonly Observation[]): Prediction[] =>
  tested.map(({ traits, isAccepted }) => ({ chance: predictChance(model, traits), isAccepted }));

type Calls = readonly Observation[];

/**
 * Evaluates a model of some calls on others: in random order, in order of time, or by its own
 * predictions.
 */
export const testedOn = {
  random: (weighed: FeatureSources, learned: Calls, tested: Calls) =>
    evaluatePredictions(
      predictAll(trainModel(learned, weighed, createFolds(learned.length)), tested),
    ),
  later: (weighed: FeatureSources, past: Calls, later: Calls) =>
    evaluatePredictions(
      predictAll(trainModel(past, weighed, createForwardSplits(past.length)), later),
    ),
  predictions: evaluatePredictions,
};

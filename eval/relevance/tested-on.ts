import {
  predictChance,
  evaluate,
  createFolds,
  createForwardSplits,
  type Model,
  type Observation,
  type Prediction,
  trainModel,
  type FeatureSources,
} from "@ringfence/core/audience/relevance";
import { type Figures, figuresOf } from "./mean-of.ts";

function figuresOfPredictions(predictions: readonly Prediction[]): Figures {
  const evaluation = evaluate(predictions);
  if (evaluation === null) throw new Error("The calls to test on all came to the same.");
  return figuresOf(evaluation);
}

const predictionsOf = (model: Model, tested: readonly Observation[]): Prediction[] =>
  tested.map(({ traits, isAccepted }) => ({ chance: predictChance(model, traits), isAccepted }));

type Calls = readonly Observation[];

/** How good a model of some calls is on others: in no order, in the order of time, or by what it said. */
export const testedOn = {
  random: (weighed: FeatureSources, learned: Calls, tested: Calls) =>
    figuresOfPredictions(
      predictionsOf(trainModel(learned, weighed, createFolds(learned.length)), tested),
    ),
  later: (weighed: FeatureSources, past: Calls, later: Calls) =>
    figuresOfPredictions(
      predictionsOf(trainModel(past, weighed, createForwardSplits(past.length)), later),
    ),
  predictions: figuresOfPredictions,
};

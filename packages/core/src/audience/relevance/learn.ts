import type { CallResult } from "./call-result.ts";
import { chooseTraits, listUsableTraits } from "./choose-traits.ts";
import { documentedModel } from "./documented-model.ts";
import type { FeatureSources } from "./features.ts";
import {
  type Evaluation,
  MIN_OUTCOMES,
  type ModelStatus,
  decideModelStatus,
  evaluate,
} from "./evaluation.ts";
import { type Model, predictChance } from "./model.ts";
import { createForwardSplits, trainModel } from "./train-model.ts";
import {
  MIN_CALLS_PER_OFFER,
  type ResultPrediction,
  type TradeOffs,
  measureTradeOffs,
} from "./threshold.ts";
import { HistoryTrait, type Observation, type Traits, readCategory } from "./traits.ts";

/** A call with a known result, and the traits known before it. */
export type TrainingCall = { traits: Traits; result: CallResult };

/**
 * Result of training. `model` and `evaluation` are null with fewer than `MIN_OUTCOMES` calls, or if the last third
 * cannot be evaluated. The model is used only if `standing` is `model`; otherwise the documented one is.
 */
export type LearnedModel = {
  outcomes: number;
  standing: ModelStatus;
  model: Model | null;
  /** Measured on the last third of the calls, by a model trained on the others. */
  evaluation: Evaluation | null;
  /** Measured on the same calls, with the evaluated model, or with the documented one if that is used. */
  tradeOffs: TradeOffs;
};

/**
 * Learns from calls in chronological order: trains on the past, tests on what followed, then trains on all.
 */
export function learn(calls: readonly TrainingCall[]): LearnedModel {
  const twoThirds = Math.floor((calls.length * 2) / 3);
  const later = calls.slice(twoThirds);
  const past = calls.length < MIN_OUTCOMES ? null : trainOn(calls.slice(0, twoThirds));
  const evaluation = past && evaluate(predict(past, later));
  const standing = decideModelStatus(calls.length, evaluation);
  const model = evaluation && trainOn(calls);
  const testedModel = standing === "model" && past ? past : documentedModel;
  const tradeOffs = measureAllTradeOffs(testedModel, later);
  return { outcomes: calls.length, standing, model, evaluation, tradeOffs };
}

function trainOn(calls: readonly TrainingCall[]): Model {
  const observations = calls.map(({ traits, result }) => ({
    traits,
    isAccepted: result === "accepted",
  }));
  return trainModel(
    observations,
    chooseFeatureSources(observations),
    createForwardSplits(calls.length),
  );
}

/** More categories are not paired with the offer, because each pair adds features for every offer. */
const MAX_PAIRED = 10;

const isOffer = (name: string) => name === HistoryTrait.offer;

/**
 * Chooses the person's traits, the offer, and pairs of the offer with categories. Without the pairs, the
 * same offer would be best for everyone.
 */
function chooseFeatureSources(observations: readonly Observation[]): FeatureSources {
  const usable = listUsableTraits(observations.map(({ traits }) => traits));
  const offer = usable.filter(({ name }) => isOffer(name));
  const personTraits = chooseTraits(
    usable.filter(({ name }) => !isOffer(name)),
    observations,
  );
  const paired = personTraits.filter(({ kind }) => kind === "category");
  return {
    traits: [...personTraits, ...offer],
    pairs: paired.slice(0, MAX_PAIRED).map(({ name }) => [HistoryTrait.offer, name]),
  };
}

/** Measures trade-offs for all later calls, and for each offer with enough of them. */
function measureAllTradeOffs(model: Model, later: readonly TrainingCall[]): TradeOffs {
  const byOffer = Map.groupBy(later, ({ traits }) => readCategory(traits, HistoryTrait.offer));
  byOffer.delete("");
  return {
    calls: later.length,
    ofAll: measureTradeOffs(predict(model, later)),
    ofOffers: [...byOffer]
      .filter(([, calls]) => calls.length >= MIN_CALLS_PER_OFFER)
      .map(([offer, calls]) => ({
        offer,
        calls: calls.length,
        tradeOffs: measureTradeOffs(predict(model, calls)),
      })),
  };
}

const predict = (model: Model, calls: readonly TrainingCall[]): ResultPrediction[] =>
  calls.map(({ traits, result }) => ({
    chance: predictChance(model, traits),
    isAccepted: result === "accepted",
    result,
  }));

import type { CallResult } from "./call-result.ts";
import { chooseTraits, usableTraits } from "./choose-traits.ts";
import { documentedModel } from "./documented-model.ts";
import type { Weighed } from "./features.ts";
import { type Evaluation, FEWEST_OUTCOMES, type InForce, evaluate, inForce } from "./evaluation.ts";
import { type Model, chanceOf } from "./model.ts";
import { forwardSplits, trainModel } from "./train-model.ts";
import {
  FEWEST_OF_OFFER,
  type ResultPrediction,
  type TradeOffs,
  tradeOffsOf,
} from "./threshold.ts";
import { HistoryTrait, type Observation, type Traits, valueIn } from "./traits.ts";

/** A call that came to something, and what was known before it. */
export type KnownResult = { traits: Traits; result: CallResult };

/** What calls teach: `model` and `evaluation` are null where there are too few, or all came to the same. */
export type Learned = {
  outcomes: number;
  standing: InForce;
  model: Model | null;
  /** On the third of the calls that came after those which the tested model knew. */
  evaluation: Evaluation | null;
  /** Of what is in force, on the same calls. */
  tradeOffs: TradeOffs;
};

/** Learns from calls in the order of time: from the past, tested on what followed, and then from all. */
export function learn(calls: readonly KnownResult[]): Learned {
  const twoThirds = Math.floor((calls.length * 2) / 3);
  const later = calls.slice(twoThirds);
  const past = calls.length < FEWEST_OUTCOMES ? null : modelOf(calls.slice(0, twoThirds));
  const evaluation = past && evaluate(predictionsBy(past, later));
  const standing = inForce(calls.length, evaluation);
  const model = evaluation && modelOf(calls);
  const asked = standing === "model" && past ? past : documentedModel;
  const tradeOffs = tradeOffsBy(asked, later);
  return { outcomes: calls.length, standing, model, evaluation, tradeOffs };
}

function modelOf(calls: readonly KnownResult[]): Model {
  const observations = calls.map(({ traits, result }) => ({
    traits,
    isAccepted: result === "accepted",
  }));
  return trainModel(observations, weighedIn(observations), forwardSplits(calls.length));
}

/** More categories than these are not looked at together with the offer: each is a feature for every offer. */
const MOST_PAIRED = 10;

const isOffer = (name: string) => name === HistoryTrait.offer;

/**
 * What tells the person; and the offer, which is chosen for them, alone and together with their categories:
 * without these the same offer would be the best one for everybody.
 */
function weighedIn(observations: readonly Observation[]): Weighed {
  const usable = usableTraits(observations.map(({ traits }) => traits));
  const offer = usable.filter(({ name }) => isOffer(name));
  const personTraits = chooseTraits(
    usable.filter(({ name }) => !isOffer(name)),
    observations,
  );
  const paired = personTraits.filter(({ kind }) => kind === "category");
  return {
    traits: [...personTraits, ...offer],
    pairs: paired.slice(0, MOST_PAIRED).map(({ name }) => [HistoryTrait.offer, name]),
  };
}

/** Of all later calls, and of those about an offer. */
function tradeOffsBy(model: Model, later: readonly KnownResult[]): TradeOffs {
  const byOffer = Map.groupBy(later, ({ traits }) => valueIn(traits, HistoryTrait.offer));
  byOffer.delete("");
  return {
    calls: later.length,
    ofAll: tradeOffsOf(predictionsBy(model, later)),
    ofOffers: [...byOffer]
      .filter(([, calls]) => calls.length >= FEWEST_OF_OFFER)
      .map(([offer, calls]) => ({
        offer,
        calls: calls.length,
        tradeOffs: tradeOffsOf(predictionsBy(model, calls)),
      })),
  };
}

const predictionsBy = (model: Model, calls: readonly KnownResult[]): ResultPrediction[] =>
  calls.map(({ traits, result }) => ({
    chance: chanceOf(model, traits),
    isAccepted: result === "accepted",
    result,
  }));

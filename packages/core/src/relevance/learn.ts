import type { CallResult } from "./call-result.ts";
import { documentedModel } from "./documented-model.ts";
import { evaluate, type Evaluation } from "./evaluation.ts";
import { FEWEST_OUTCOMES, inForce, type InForce } from "./in-force.ts";
import { isSteady } from "./is-steady.ts";
import { chanceOf, type Model } from "./model.ts";
import { forwardSplits } from "./splits.ts";
import { type ResultPrediction, type TradeOff, tradeOffsOf } from "./trade-off.ts";
import { trainModel } from "./train-model.ts";
import type { Traits } from "./traits.ts";
import { usableTraits } from "./usable-traits.ts";

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
  tradeOffs: TradeOff[];
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
  const tradeOffs = tradeOffsOf(predictionsBy(asked, later));
  return { outcomes: calls.length, standing, model, evaluation, tradeOffs };
}

function modelOf(calls: readonly KnownResult[]): Model {
  const observations = calls.map(({ traits, result }) => ({
    traits,
    isAccepted: result === "accepted",
  }));
  const usable = usableTraits(calls.map(({ traits }) => traits));
  const traits = usable.filter((trait) => isSteady(trait, observations));
  return trainModel(observations, { traits }, forwardSplits(calls.length));
}

const predictionsBy = (model: Model, calls: readonly KnownResult[]): ResultPrediction[] =>
  calls.map(({ traits, result }) => ({
    chance: chanceOf(model, traits),
    isAccepted: result === "accepted",
    result,
  }));

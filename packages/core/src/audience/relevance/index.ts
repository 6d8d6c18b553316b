export {
  type Area,
  Evaluation,
  FEWEST_OUTCOMES,
  InForce,
  LEAST_AUC,
  type Prediction,
  areaOf,
  evaluate,
  inForce,
} from "./evaluation.ts";
export {
  type AnsweredCall,
  type CallRecord,
  CallResult,
  answeredCalls,
  isAnswerTo,
  resultOf,
} from "./call-result.ts";
export { chooseTraits, usableTraits } from "./choose-traits.ts";
export * from "./documented-model.ts";
export { type Driver, driversOf, mainDrivers, tellDriver } from "./drivers.ts";
export type { Weighed } from "./features.ts";
export { HOLD_OUT_PERCENT, isHeldOut } from "./hold-out.ts";
export { isSpecialCategory } from "./special-category.ts";
export * from "./model.ts";
export { type Split, foldsOf, forwardSplits, measureLoss, trainModel } from "./train-model.ts";
export {
  FEWEST_OF_OFFER,
  type ResultPrediction,
  SetThreshold,
  TradeOff,
  TradeOffs,
  noTradeOffs,
  tradeOffAt,
  tradeOffsFor,
  tradeOffsOf,
} from "./threshold.ts";
export {
  ATTRIBUTE,
  HistoryTrait,
  type KnownPerson,
  type Observation,
  Trait,
  type Traits,
  numberIn,
  traitsBefore,
  valueIn,
} from "./traits.ts";
export { solve } from "./fit-logistic.ts";
export * from "./learn.ts";

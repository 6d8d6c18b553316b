export {
  type Area,
  Evaluation,
  MIN_OUTCOMES,
  ModelStatus,
  MIN_AUC,
  type Prediction,
  measureArea,
  evaluate,
  decideModelStatus,
} from "./evaluation.ts";
export {
  type AnsweredCall,
  type CallRecord,
  CallResult,
  resolveCallResults,
  isAnswerTo,
  findCallResult,
} from "./call-result.ts";
export { chooseTraits, listUsableTraits } from "./choose-traits.ts";
export * from "./documented-model.ts";
export { type Driver, findDrivers, findMainDrivers, describeDriver } from "./drivers.ts";
export type { FeatureSources } from "./features.ts";
export {
  CONTROL_GROUP_PERCENT,
  MIN_CALLS_PER_OFFER,
  type ResultPrediction,
  SetThreshold,
  TradeOff,
  TradeOffs,
  isInControlGroup,
  measureTradeOff,
  measureTradeOffs,
  noTradeOffs,
  selectTradeOffs,
} from "./threshold.ts";
export { isSpecialCategory } from "./special-category.ts";
export * from "./model.ts";
export {
  type Split,
  createFolds,
  createForwardSplits,
  measureLoss,
  trainModel,
} from "./train-model.ts";
export {
  ATTRIBUTE_PREFIX,
  HistoryTrait,
  type PersonHistory,
  type Observation,
  Trait,
  type Traits,
  readNumber,
  computeTraits,
  readCategory,
} from "./traits.ts";
export { solve } from "./fit-logistic.ts";
export * from "./learn.ts";
export { EstimatedShare, estimateDifference, estimateShare } from "./confidence-interval.ts";

export {
  CampaignAct,
  type CampaignActor,
  type CampaignDeed,
  type CampaignStanding,
  actionOf,
  actsFrom,
  nextState,
  standingOf,
} from "./lifecycle.ts";
export * from "./campaign.ts";
export { type Claim, goesFirst } from "./priority.ts";
export { HandedOver, type HandedOverCall } from "./hand-over.ts";
export { labelFault, labelRule } from "./call-label.ts";
export {
  type CampaignResults,
  LEAST_REACHED,
  type PersonResult,
  type Response,
  ThresholdEffect,
  crossesLimit,
  isAgainst,
  isSettled,
  responseOf,
  resultsOf,
  thresholdEffect,
} from "./results.ts";
export * from "./wilson.ts";

export {
  CampaignAct,
  type CampaignActor,
  type PastAct,
  type CampaignStatus,
  actionByAct,
  listActs,
  decideNextState,
  replayActs,
} from "./lifecycle.ts";
export * from "./campaign.ts";
export {
  CampaignDuties,
  type CampaignDuty,
  ConfirmDuty,
  ReadDutiesByKey,
  type RecordedConfirmation,
  WithdrawDuty,
  groupDutiesByPlace,
  isEndingDuty,
  isOpenDuty,
  listCampaignDuties,
} from "./duties.ts";
export { type Claim, hasPriority } from "./priority.ts";
export { findLabelFault, findLabelRule } from "./call-label.ts";
export {
  type CampaignResults,
  MIN_REACHED,
  type PersonResult,
  type CallResponse,
  ThresholdEffect,
  exceedsLimit,
  isNegativeResponse,
  isFinalResponse,
  toCallResponse,
  summarizeResults,
  measureThresholdEffect,
} from "./results.ts";

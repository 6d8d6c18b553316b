export { isCapped } from "./check-cap.ts";
export { HORIZON_DAYS, endsByWaiting, screen } from "./screen.ts";
export { type Checked, checkedOf } from "./checked.ts";
export * from "./compare-verdicts.ts";
export { datedRegistries, tellingRegistries } from "./registry-demand.ts";
export * from "./facts.ts";
export {
  BatchItem,
  FindNumber,
  PermitAnswer,
  ReadNumber,
  ScreenBatch,
  ScreenCall,
  type ScreeningRef,
  ScrubRow,
  VerifyPermit,
  maxBatchItems,
  readScreeningRef,
} from "./screening-request.ts";
export { GRACE_MS, lineTypeOf, portedRegistry } from "./line-type.ts";
export { Reason, type Refusal } from "./reason.ts";
export * from "./reassigned.ts";
export { rulesOfCall } from "./judging-rules.ts";
export { BatchAnswer, CheckedTold, ReasonTold, ScreeningAnswer } from "./screening-response.ts";
export { type Verdict, cannotCheck, numberInvalid } from "./verdict.ts";
export { type Home, type Whereabouts, whereaboutsOf } from "./whereabouts.ts";

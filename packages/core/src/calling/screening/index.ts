export { isCapped } from "./check-cap.ts";
export { isAboutHours, screen } from "./screen.ts";
export { type Checked, toChecked } from "./checked.ts";
export * from "./compare-verdicts.ts";
export {
  type ConsentReader,
  type FactMeaning,
  doesEveryInstantMatter,
  findCountedCalls,
  findDecidingAnswers,
  findDecidingConsents,
  interpretConsent,
  interpretOptOut,
} from "./deciding-facts.ts";
export { informingRegistries, listDatedRegistries } from "./registry-demand.ts";
export * from "./facts.ts";
export {
  BatchItem,
  PermitResponse,
  ScreenBatch,
  ScreenCall,
  type ScreeningRef,
  ScrubRow,
  VerifyPermit,
  maxBatchItems,
  readScreeningRef,
} from "./screening-request.ts";
export { findGraceMs, findLineType, portedRegistry } from "./line-type.ts";
export { ReasonCode, type Reason } from "./reason.ts";
export { ListScreenings, ScreenedVerdict } from "./list-screenings.ts";
export * from "./reassigned.ts";
export { explainFailedExamples, needsExamples } from "./rule-trial.ts";
export { listRefusalsByLawForDay, listRefusalsUnderPolicies } from "./law-of-another-day.ts";
export { listAgentDuties, listRulesOfCall } from "./applied-rules.ts";
export {
  BatchResponse,
  CheckedEdition,
  CheckedResponse,
  ReasonResponse,
  ScreeningResponse,
} from "./screening-response.ts";
export { type Verdict, refuseUnchecked, refuseInvalidNumber } from "./verdict.ts";
export {
  type CapBounds,
  type SensitiveSpans,
  allInstants,
  endsBeyondHorizon,
  findCapBounds,
  findFewestCallsOfAnyCap,
  findSensitiveSpans,
  isSettledByNearSpans,
  noInstants,
  whereaboutsSignature,
} from "./signature.ts";

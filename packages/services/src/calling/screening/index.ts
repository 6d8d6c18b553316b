export type { EditionThen } from "./past-screening.ts";
export { forgetPermits, verifyPermit } from "./verify-permit.ts";
export {
  type CallPlaced,
  type PermitTrail,
  type ScreeningView,
  readScreening,
} from "./read-screening.ts";
export { type ScreenedAgain, screenAgain } from "./screen-again.ts";
export { type BatchAnswer, screenBatch } from "./screen-batch.ts";
export { screenCall } from "./screen-call.ts";
export type { ScreeningAnswer } from "./judge.ts";

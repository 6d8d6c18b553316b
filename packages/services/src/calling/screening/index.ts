export type { PastEdition } from "./past-screening.ts";
export { type ScreeningItem, listScreenings } from "./list.ts";
export { forgetPermits, verifyPermit } from "./verify-permit.ts";
export {
  type PermitTrail,
  type PlacedCall,
  type ScreeningView,
  readScreening,
} from "./read-screening.ts";
export { type RepeatedScreening, screenAgain } from "./screen-again.ts";
export { type BatchResult, screenBatch } from "./screen-batch.ts";
export { screenCall } from "./screen-call.ts";
export type { ScreeningResult } from "./screening-result.ts";

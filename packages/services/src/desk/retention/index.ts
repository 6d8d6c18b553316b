export {
  type PolicyView,
  type RetentionView,
  answerRetention,
  proposeRetention,
  readRetention,
} from "./policy.ts";
export { type DueCount, previewRetention } from "./preview.ts";
export { listSweeps, type SweepView } from "./sweep-proof.ts";
export { removeExpired, removeExpiredJob, startSweeps } from "./sweep.ts";

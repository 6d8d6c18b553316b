export {
  type ClaimedRun,
  type RunEnd,
  type RunOutcome,
  sendHeartbeat,
  claimRun,
  endRun,
  failRun,
  finishRun,
  releaseRun,
} from "./perform-run.ts";
export { RunView, listRuns, readRun } from "./list-runs.ts";
export * from "./revive-runs.ts";
export * from "./start-run.ts";

export {
  ListRuns,
  RunClaim,
  RunJob,
  type RunPace,
  RunProgress,
  RunRef,
  RunStatus,
  SILENT_AFTER_S,
  estimateSecondsLeft,
} from "./run.ts";

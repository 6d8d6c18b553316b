export {
  AnyRunStatus,
  ListRuns,
  type RunClaim,
  RunJob,
  type RunPace,
  RunProgress,
  RunRef,
  RunStatus,
  SILENT_AFTER_S,
  secondsLeft,
} from "./run.ts";

import { z } from "zod";
import { OrganizationId, RunId } from "../ids.ts";

/** Jobs whose runs people can watch. permissions.ts also lists them, at `run.read` and `run.perform`. */
export const RunJob = z.enum([
  "registry.sync",
  "scrub.run",
  "import.run",
  "form.check",
  "law.preview",
]);
export type RunJob = z.infer<typeof RunJob>;

/** Seconds without a heartbeat after which a worker loses its run, so that another may take it. */
export const SILENT_AFTER_S = 30;

/** Status of a run, as stored. Only readings of registries can be canceled. */
export const RunStatus = z.enum(["queued", "running", "done", "failed", "canceled"]);
export type RunStatus = z.infer<typeof RunStatus>;

/** Payload of a run's job. */
export const RunRef = z.object({ organizationId: OrganizationId, runId: RunId });
export type RunRef = z.infer<typeof RunRef>;

/** Progress of a run. `totalBytes` is set if it is known. */
export const RunProgress = z.object({
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative().optional(),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** A worker's claim to a run. `attempt` numbers the claims of the run, from 1; only the latest counts. */
export const RunClaim = z.strictObject({ runId: RunId, worker: z.string(), attempt: z.int() });
export type RunClaim = z.infer<typeof RunClaim>;

/** Asks for a page of runs. `after` is `next` of the page before. */
export const ListRuns = z.object({
  job: RunJob.optional(),
  /** Only runs that work on this item. */
  subjectId: z.uuid().optional(),
  after: RunId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListRuns = z.infer<typeof ListRuns>;

/** Progress of a run, with the times between which it was made. */
export type RunPace = {
  startedAt: Date | null;
  /** Time of its last heartbeat, which reported the progress. */
  heartbeatAt: Date | null;
  progress: RunProgress | null;
};

/** Estimates the remaining seconds at the pace so far; null while unknown. */
export function estimateSecondsLeft({ startedAt, heartbeatAt, progress }: RunPace): number | null {
  if (startedAt === null || heartbeatAt === null || progress?.totalBytes === undefined) return null;
  const { bytes, totalBytes } = progress;
  const elapsedMs = heartbeatAt.getTime() - startedAt.getTime();
  if (bytes <= 0 || elapsedMs <= 0) return null;
  return Math.ceil((elapsedMs / 1_000) * (Math.max(0, totalBytes - bytes) / bytes));
}

import { z } from "zod";
import { OrganizationId, RunId } from "../ids.ts";

/** The jobs whose runs people watch. */
export const RunJob = z.enum(["registry.sync", "scrub.run", "import.run", "form.check"]);
export type RunJob = z.infer<typeof RunJob>;

/** A worker of which so long nothing was heard, in seconds, has lost its run: another may take it. */
export const SILENT_AFTER_S = 30;

export const RunStatus = z.enum(["queued", "running", "done", "failed"]);
export type RunStatus = z.infer<typeof RunStatus>;

/** Readings of registries may be canceled, too. */
export const AnyRunStatus = z.enum([...RunStatus.options, "canceled"]);
export type AnyRunStatus = z.infer<typeof AnyRunStatus>;

/** What the queue knows of a run. */
export const RunRef = z.object({ organizationId: OrganizationId, runId: RunId });
export type RunRef = z.infer<typeof RunRef>;

/** How far a run has come; `totalBytes` where it is known. */
export const RunProgress = z.object({
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative().optional(),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** A run that is given to a worker. Of two that hold claims on one run, the later attempt has it. */
export type RunClaim = { runId: RunId; worker: string; attempt: number };

export const ListRuns = z.object({
  job: RunJob.optional(),
  /** Runs that work on one thing. */
  subjectId: z.uuid().optional(),
  after: RunId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListRuns = z.infer<typeof ListRuns>;

/** How far a run has come, and by when. */
export type RunPace = {
  startedAt: Date | null;
  /** Of its last sign of life, which is when its progress was told. */
  heartbeatAt: Date | null;
  progress: RunProgress | null;
};

/** How long a run still takes if it goes on as it has; null while nobody can tell. */
export function secondsLeft({ startedAt, heartbeatAt, progress }: RunPace): number | null {
  if (startedAt === null || heartbeatAt === null || progress?.totalBytes === undefined) return null;
  const { bytes, totalBytes } = progress;
  const elapsedMs = heartbeatAt.getTime() - startedAt.getTime();
  if (bytes <= 0 || elapsedMs <= 0) return null;
  return Math.ceil((elapsedMs / 1_000) * (Math.max(0, totalBytes - bytes) / bytes));
}

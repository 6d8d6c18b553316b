import type { RunProgress } from "./run.ts";

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

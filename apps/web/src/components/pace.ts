import type { RunProgress } from "@ringfence/core/platform/run";

/** Share of bytes processed, as a whole percentage; null if the total is unknown. */
export const percentDone = (progress: RunProgress | null) =>
  progress?.totalBytes ? Math.floor((progress.bytes / progress.totalBytes) * 100) : null;

/** Rounds the remaining time for `pace.told`: seconds below 90, otherwise minutes. */
export function inUnits(seconds: number | null) {
  if (seconds === null) return { unit: "none", left: 0 };
  return seconds < 90
    ? { unit: "seconds", left: seconds }
    : { unit: "minutes", left: Math.ceil(seconds / 60) };
}

import type { RunProgress } from "@ringfence/core/platform/run";

/** How many bytes of a hundred are done, as a whole number; null where nobody knows. */
export const percentOf = (progress: RunProgress | null) =>
  progress?.totalBytes ? Math.floor((progress.bytes / progress.totalBytes) * 100) : null;

/** Time left as one would say it, for `pace.told`: nobody counts the seconds of an hour. */
export function inUnits(seconds: number | null) {
  if (seconds === null) return { unit: "none", left: 0 };
  return seconds < 90
    ? { unit: "seconds", left: seconds }
    : { unit: "minutes", left: Math.ceil(seconds / 60) };
}

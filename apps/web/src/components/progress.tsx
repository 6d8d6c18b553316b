import { type ReactNode, useId } from "react";
import type { RunProgress } from "@ringfence/core/platform/run";

type ProgressProps = {
  label: string;
  value: number;
  max: number;
  /** The same in words: share, time left, counts. */
  children: ReactNode;
};

/** Shows the progress of long work as a bar and in words. */
export function Progress({ label, value, max, children }: ProgressProps) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <p id={id} className="font-semibold">
        {label}
      </p>
      <progress max={max} value={value} aria-labelledby={id} />
      <div className="text-sm text-muted tabular-nums">{children}</div>
    </div>
  );
}

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

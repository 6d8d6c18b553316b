import { type StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Banner } from "./banner";
import { MessageText } from "./message-text";
import { type RunPace, type RunProgress, estimateSecondsLeft } from "@ringfence/core/platform/run";

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

type RunProgressProps = {
  label: string;
  run: RunPace;
  /** Details shown after the share and the time left. */
  children: ReactNode;
};

/** Progress of a run over a file. Screen readers hear every tenth. */
export function RunProgressBar({ label, run, children }: RunProgressProps) {
  const t = useTranslations("pace");
  const percent = percentDone(run.progress);
  return (
    <div className="max-w-[46rem]">
      <Progress label={label} value={percent ?? 0} max={100}>
        {percent !== null &&
          t("told", { percent, ...roundRemainingTime(estimateSecondsLeft(run)) })}{" "}
        {children}
      </Progress>
      <p aria-live="polite" className="sr-only">
        {percent !== null && t("tenth", { percent: Math.floor(percent / 10) * 10 })}
      </p>
    </div>
  );
}

type RunFailedProps = { title: string; error: StoredMessage | null; children: ReactNode };

/** Says that a run over a file failed, why, and what happened to the file. */
export const RunFailed = ({ title, error, children }: RunFailedProps) => (
  <Banner tone="bad" title={title}>
    <p>{error && <MessageText message={fromStoredMessage(error)} />}</p>
    <p>{children}</p>
  </Banner>
);

/** Share of bytes processed, as a whole percentage; null if the total is unknown. */
export const percentDone = (progress: RunProgress | null) =>
  progress?.totalBytes ? Math.floor((progress.bytes / progress.totalBytes) * 100) : null;

/**
 * Rounds the remaining time for `pace.told`: seconds below 90, otherwise minutes. The unit is `none` if it is not
 * known.
 */
export function roundRemainingTime(seconds: number | null) {
  if (seconds === null) return { unit: "none", left: 0 };
  return seconds < 90
    ? { unit: "seconds", left: seconds }
    : { unit: "minutes", left: Math.ceil(seconds / 60) };
}

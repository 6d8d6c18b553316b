"use client";

import { secondsLeft } from "@ringfence/core/run";
import type { ScrubView } from "@ringfence/services/scrub";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "@/components/count";
import { Progress } from "@/components/progress";
import { percentOf } from "./scrub-pace";
import { useScrub } from "./use-scrub";

type ScrubProgressProps = {
  scrub: ScrubView;
  /** Why it waits, where it was begun before. */
  children?: ReactNode;
};

/** How far a scrub is, and how long it still takes. */
export function ScrubProgress({ scrub, children }: ScrubProgressProps) {
  const t = useTranslations("scrub");
  const now = useScrub(scrub);
  const percent = percentOf(now);
  return (
    <div className="max-w-[46rem]">
      <Progress
        label={t(now.status === "queued" ? "waits" : "runs")}
        value={now.progress?.bytes ?? 0}
        max={now.progress?.totalBytes ?? now.bytes}
      >
        <p>
          {percent === null ? t("notYet") : t("pace", { percent, ...inUnits(secondsLeft(now)) })}{" "}
          {t.rich("rowsSofar", { rows: () => <Count value={now.rows} /> })} {t("mayClose")}
        </p>
        {children}
      </Progress>
      <p aria-live="polite" className="sr-only">
        {percent !== null && t("sofar", { percent: Math.floor(percent / 10) * 10 })}
      </p>
    </div>
  );
}

/** As one would say it: nobody counts the seconds of an hour. */
function inUnits(seconds: number | null) {
  if (seconds === null) return { unit: "none", left: 0 };
  return seconds < 90
    ? { unit: "seconds", left: seconds }
    : { unit: "minutes", left: Math.ceil(seconds / 60) };
}

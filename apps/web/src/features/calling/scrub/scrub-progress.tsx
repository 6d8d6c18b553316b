"use client";

import { secondsLeft } from "@ringfence/core/platform/run";
import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "@/components/count";
import { inUnits, percentOf } from "@/components/pace";
import { Progress } from "@/components/progress";
import { useScrub } from "./use-scrub";

type ScrubProgressProps = {
  scrub: ScrubView;
  /** Why it waits, where it was begun before. */
  children?: ReactNode;
};

/** How far a scrub is, and how long it still takes. */
export function ScrubProgress({ scrub, children }: ScrubProgressProps) {
  const t = useTranslations("scrub");
  const pace = useTranslations("pace");
  const now = useScrub(scrub);
  const percent = percentOf(now.progress);
  return (
    <div className="max-w-[46rem]">
      <Progress
        label={t(now.status === "queued" ? "waits" : "runs")}
        value={now.progress?.bytes ?? 0}
        max={now.progress?.totalBytes ?? now.bytes}
      >
        <p>
          {percent === null ? t("notYet") : pace("told", { percent, ...inUnits(secondsLeft(now)) })}{" "}
          {t.rich("rowsSofar", { rows: () => <Count value={now.rows} /> })} {t("mayClose")}
        </p>
        {children}
      </Progress>
      <p aria-live="polite" className="sr-only">
        {percent !== null && pace("tenth", { percent: Math.floor(percent / 10) * 10 })}
      </p>
    </div>
  );
}

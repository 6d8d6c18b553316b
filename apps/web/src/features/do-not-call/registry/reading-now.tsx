"use client";

import { secondsLeft } from "@ringfence/core/platform/run";
import type { RunView } from "@ringfence/services/platform/run";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ByteSize } from "@/components/byte-size";
import { Progress } from "@/components/progress";
import { inUnits, percentOf } from "@/components/pace";
import { useRun } from "./use-run";

type ReadingNowProps = {
  run: RunView;
  /** Why it waits, where it was begun before. */
  children?: ReactNode;
};

/** How far the reading of a registry is. */
export function ReadingNow({ run, children }: ReadingNowProps) {
  const t = useTranslations("registry");
  const pace = useTranslations("pace");
  const now = useRun(run);
  const percent = percentOf(now.progress);
  const { rows, bytes, totalBytes } = now.progress ?? { rows: 0, bytes: 0 };
  return (
    <div className="max-w-[46rem]">
      <Progress
        label={t(now.status === "queued" ? "waits" : "reads")}
        value={percent ?? 0}
        max={100}
      >
        <p>
          {percent !== null && pace("told", { percent, ...inUnits(secondsLeft(now)) })}{" "}
          {bytes > 0 &&
            t.rich(totalBytes === undefined ? "bytesRead" : "bytesOfAll", {
              read: () => <ByteSize bytes={bytes} />,
              all: () => <ByteSize bytes={totalBytes ?? bytes} />,
            })}{" "}
          {rows > 0 && t("linesSofar", { lines: rows })} {t("staysInForce")}
        </p>
        {children && <p>{children}</p>}
      </Progress>
      <p aria-live="polite" className="sr-only">
        {percent !== null && pace("tenth", { percent: Math.floor(percent / 10) * 10 })}
      </p>
    </div>
  );
}

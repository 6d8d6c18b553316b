"use client";

import type { RunView } from "@ringfence/services/platform/run";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { percentOf } from "@/components/pace";
import { useRun } from "./use-run";

/** How far a reading is: in a row, and read out when it turns. */
export function RunProgress({ run }: { run: RunView }) {
  const t = useTranslations("registries");
  const pace = useTranslations("pace");
  const { error, progress, status } = useRun(run);
  const percent = percentOf(progress);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 tabular-nums">
      <span aria-live="polite">
        <Badge status={status === "queued" && error ? "tries-again" : status} />
      </span>
      {percent !== null && pace("share", { percent })}
      {percent === null && progress && t("lines", { count: progress.rows })}
    </span>
  );
}

"use client";
import { estimateSecondsLeft } from "@ringfence/core/platform/run";
import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Count } from "@/components/numbers";
import { Progress } from "@/components/progress";
import { usePolled, useTRPC } from "@/trpc/client";

/** Shows the progress of an import and the time left. */
export function ImportProgress({ view: rendered }: { view: ImportView }) {
  const t = useTranslations("import");
  const trpc = useTRPC();
  const { run, bytes } = usePolled(
    trpc.import.read.queryOptions({ importId: rendered.id }),
    rendered,
    (now, before) => now.run?.status !== before.run?.status,
  );
  const done = run?.progress?.bytes ?? 0;
  const percent = bytes > 0 ? Math.floor((done / bytes) * 100) : 0;
  const seconds = run && estimateSecondsLeft(run);
  return (
    <div className="max-w-[46rem]">
      <Progress
        label={t(run?.status === "queued" ? "waits" : rendered.isDryRun ? "tries" : "runs")}
        value={done}
        max={Math.max(1, bytes)}
      >
        {t("sofar", { percent })}{" "}
        {seconds !== null && t("left", { seconds, minutes: Math.ceil(seconds / 60) })}{" "}
        {t.rich("rowsSofar", { rows: () => <Count value={run?.progress?.rows ?? 0} /> })}{" "}
        {t("mayClose")}
      </Progress>
      <p aria-live="polite" className="sr-only">
        {t("sofar", { percent: Math.floor(percent / 10) * 10 })}
      </p>
    </div>
  );
}

"use client";
import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Count } from "@/components/numbers";
import { RunProgressBar } from "@/components/progress";
import { usePolled, useTRPC } from "@/trpc/client";

/** Shows the progress of an import and the time left. */
export function ImportProgress({ view: rendered }: { view: ImportView }) {
  const t = useTranslations("import");
  const trpc = useTRPC();
  const { run } = usePolled(
    trpc.import.read.queryOptions({ importId: rendered.id }),
    rendered,
    (now, before) => now.run?.status !== before.run?.status,
  );
  if (run === null) return null;
  return (
    <RunProgressBar
      label={t(run.status === "queued" ? "waits" : rendered.isDryRun ? "tries" : "runs")}
      run={run}
    >
      {t.rich("rowsSofar", { rows: () => <Count value={run.progress?.rows ?? 0} /> })}{" "}
      {t("mayClose")}
    </RunProgressBar>
  );
}

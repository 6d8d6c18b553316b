import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import type { RunView } from "@ringfence/services/platform/run";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/local-time";
import { Said } from "@/components/said";
import { CancelReading } from "./cancel-reading";
import { ReadingNow } from "./reading-now";
import { isOpen } from "./run-status";

type RegistryStateProps = {
  registry: RegistryOverview;
  /** Why the member may not cancel a reading. */
  whyNot: string | undefined;
};

/** What a registry is doing, or why its last reading failed. */
export function RegistryState({ registry, whyNot }: RegistryStateProps) {
  const { run } = registry;
  if (run === null) return null;
  if (isOpen(run)) {
    return (
      <>
        <ReadingNow run={run}>{run.error && <Said message={run.error} />}</ReadingNow>
        <div>
          <CancelReading registryId={registry.id} whyNot={whyNot} />
        </div>
      </>
    );
  }
  return run.status === "failed" ? <FailedReading run={run} registry={registry} /> : null;
}

function FailedReading({ run, registry }: { run: RunView; registry: RegistryOverview }) {
  const t = useTranslations("registry");
  return (
    <Banner tone="bad" title={t("failed")}>
      <p>{run.error && <Said message={run.error} />}</p>
      <p>
        {run.endedAt && <LocalTime instant={run.endedAt} />}
        {". "}
        {t(registry.edition ? "failedKept" : "failedNone")}
      </p>
    </Banner>
  );
}

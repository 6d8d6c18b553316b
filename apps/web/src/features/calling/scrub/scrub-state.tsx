import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/local-time";
import { Said } from "@/components/said";
import { ScrubOutcome } from "./scrub-outcome";
import { ScrubProgress } from "./scrub-progress";

/** How a scrub stands: how far it is, what came of it, or why nothing did. */
export function ScrubState({ scrub }: { scrub: ScrubView }) {
  const t = useTranslations("scrub");
  const { at, counts, error, status } = scrub;
  if (status === "failed") {
    return (
      <Banner tone="bad" title={t("failed")}>
        <p>{error && <Said message={error} />}</p>
        <p>{t("failedBody")}</p>
      </Banner>
    );
  }
  if (counts === null) {
    return <ScrubProgress scrub={scrub}>{error && <Said message={error} />}</ScrubProgress>;
  }
  return (
    <>
      <ScrubOutcome counts={counts} />
      {at && (
        <p className="max-w-[46rem] pt-4 text-sm text-muted">
          {t.rich("asOf", { time: () => <LocalTime instant={at} /> })}
        </p>
      )}
    </>
  );
}

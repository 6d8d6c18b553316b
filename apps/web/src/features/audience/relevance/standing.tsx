import { FEWEST_OUTCOMES, LEAST_AUC } from "@ringfence/core/audience/relevance";
import type { RelevanceView } from "@ringfence/services/audience/relevance";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/local-time";

type StandingProps = Pick<RelevanceView, "standing" | "outcomes" | "trainedAt" | "evaluation">;

/** By what people are scored now, and why. */
export function Standing({ standing, outcomes, trainedAt, evaluation }: StandingProps) {
  const t = useTranslations("relevance");
  const low = evaluation?.interval[0] ?? 0;
  return (
    <Banner
      tone={standing === "no-better-than-chance" ? "care" : "plain"}
      title={t(standing === "model" ? "byModel" : "byWeights")}
    >
      {t(`why.${standing}`, { outcomes, fewest: FEWEST_OUTCOMES, least: LEAST_AUC, low })}{" "}
      {trainedAt
        ? t.rich("trained", { time: () => <LocalTime instant={trainedAt} /> })
        : t("neverTrained")}
    </Banner>
  );
}

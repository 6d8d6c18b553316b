import {
  ATTRIBUTE_PREFIX,
  type Driver,
  MIN_OUTCOMES,
  HistoryTrait,
  type ModelStatus,
  MIN_AUC,
} from "@ringfence/core/audience/relevance";
import type { RelevanceView } from "@ringfence/services/audience/relevance";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/local-time";

type StandingProps = Pick<RelevanceView, "standing" | "outcomes" | "trainedAt" | "evaluation">;

/** Tells whether people are scored by the model or by documented weights, and why. */
export function ModelStatusBanner({ standing, outcomes, trainedAt, evaluation }: StandingProps) {
  const t = useTranslations("relevance");
  const low = evaluation?.interval[0] ?? 0;
  return (
    <Banner
      tone={standing === "no-better-than-chance" ? "care" : "plain"}
      title={t(standing === "model" ? "byModel" : "byWeights")}
    >
      {t(`why.${standing}`, { outcomes, fewest: MIN_OUTCOMES, least: MIN_AUC, low })}{" "}
      {trainedAt
        ? t.rich("trained", { time: () => <LocalTime instant={trainedAt} /> })
        : t("neverTrained")}
    </Banner>
  );
}

const FEW = 8;

type DriversProps = { standing: ModelStatus; drivers: readonly Driver[] | null };

/** Lists the traits with the largest effect on chances, strongest first. */
export function Drivers({ standing, drivers }: DriversProps) {
  const t = useTranslations("relevance");
  const traitName = useTraitNames();
  if (standing !== "model") return <p className="max-w-[46rem] pt-2.5">{t("documented")}</p>;
  if (drivers === null) return <p className="max-w-[46rem] pt-2.5">{t("driversOfAll")}</p>;
  if (drivers.length === 0) return <p className="pt-2.5 text-muted">{t("noDrivers")}</p>;
  return (
    <ol className="list-decimal pt-2.5 pl-6">
      {drivers.slice(0, FEW).map(({ traits }) => (
        <li key={traits.join(" ")}>{traits.map(traitName).join(" × ")}</li>
      ))}
    </ol>
  );
}

function useTraitNames() {
  const t = useTranslations("relevance");
  return (trait: string): string => {
    const history = Object.values(HistoryTrait).find((name) => name === trait);
    if (history !== undefined) return t(`traits.${history}`);
    return trait.startsWith(ATTRIBUTE_PREFIX) ? trait.slice(ATTRIBUTE_PREFIX.length) : trait;
  };
}

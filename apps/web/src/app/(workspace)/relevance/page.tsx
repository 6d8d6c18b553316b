import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import {
  ATTRIBUTE_PREFIX,
  type Driver,
  type Evaluation,
  HistoryTrait,
  MIN_AUC,
  MIN_OUTCOMES,
  type ModelStatus,
} from "@ringfence/core/audience/relevance";
import type { RelevanceView } from "@ringfence/services/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";
import { DetailPage } from "@/components/detail-page";
import { Facts, LoadingContent, Section } from "@/components/page-layout";
import { ThresholdForm } from "@/features/audience/relevance/threshold-form";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { LineChart } from "@/components/charts/charts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("relevance");
  return { title: t("title") };
}

export default async function RelevancePage() {
  const member = await requireMember("relevance.read");
  const [t, notChange] = await Promise.all([
    getTranslations("relevance"),
    whyNot(member, "relevance.change"),
  ]);
  return (
    <DetailPage title={t("title")} note={t("note")}>
      <LoadingContent>
        <Relevance whyNotChange={notChange} />
      </LoadingContent>
    </DetailPage>
  );
}

async function Relevance({ whyNotChange }: { whyNotChange: string | undefined }) {
  const [t, relevance] = await Promise.all([getTranslations("relevance"), api.relevance.read()]);
  const { evaluation, holding } = relevance;
  return (
    <>
      <ModelStatusBanner {...relevance} />
      <Section title={t("threshold")} aside={t("thresholdAside")}>
        <ThresholdForm holding={holding} offerId={null} whyNot={whyNotChange} />
      </Section>
      <Section title={t("drivers")}>
        <Drivers standing={relevance.standing} drivers={relevance.drivers} />
      </Section>
      {evaluation && (
        <Section title={t("evaluation")} aside={t("evaluationAside")}>
          <EvaluationFacts evaluation={evaluation} />
          <CalibrationChart curve={evaluation.curve} />
          <GainsChart gains={evaluation.gains} />
        </Section>
      )}
    </>
  );
}

type StandingProps = Pick<RelevanceView, "standing" | "outcomes" | "trainedAt" | "evaluation">;

/** Tells whether people are scored by the model or by documented weights, and why. */
function ModelStatusBanner({ standing, outcomes, trainedAt, evaluation }: StandingProps) {
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
function Drivers({ standing, drivers }: DriversProps) {
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

/** Shows how well the model predicted later calls, in figures and in words. */
function EvaluationFacts({ evaluation }: { evaluation: Evaluation }) {
  const t = useTranslations("relevance");
  const format = useFormatter();
  const { auc, interval, calibrationError, lift10, calls, accepted } = evaluation;
  const figure = (value: number, digits: number) =>
    format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [low, high] = interval;
  return (
    <Facts
      facts={[
        {
          name: t("auc"),
          value: figure(auc, 3),
          notes: [
            t("aucInterval", { low: figure(low, 3), high: figure(high, 3) }),
            t("aucMeans", { of: Math.round(auc * 100) }),
          ],
        },
        { name: t("lift"), value: figure(lift10, 2), notes: [t("liftMeans")] },
        {
          name: t("calibrationError"),
          value: figure(calibrationError * 100, 1),
          notes: [t("calibrationMeans")],
        },
        { name: t("basis"), value: t("basisCalls", { calls, accepted }) },
      ]}
    />
  );
}

/**
 * Chart of predicted and observed acceptances per hundred calls, for groups of calls with similar
 * chances.
 */
function CalibrationChart({ curve }: Pick<Evaluation, "curve">) {
  const t = useTranslations("relevance");
  const format = useFormatter();
  return (
    <LineChart
      title={t("calibrationChart")}
      sentence={t("calibrationSentence", { groups: curve.length })}
      rowHead={t("group")}
      series={[
        { key: "said", name: t("said"), look: 1 },
        { key: "seen", name: t("seen"), look: 2 },
      ]}
      rows={curve.map(({ said, seen }, index) => ({
        label: format.number(index + 1),
        values: { said: inHundred(said), seen: inHundred(seen) },
      }))}
    />
  );
}

const inHundred = (share: number) => Math.round(share * 1_000) / 10;

/** Chart of the share of acceptances among the best-scored calls, compared with calls in random order. */
function GainsChart({ gains }: Pick<Evaluation, "gains">) {
  const t = useTranslations("relevance");
  const format = useFormatter();
  const tenths = gains.map((share, index) => ({
    best: (index + 1) * 10,
    accepted: Math.round(share * 100),
  }));
  const half = tenths.find(({ best }) => best === 50)?.accepted ?? 0;
  return (
    <LineChart
      title={t("gainsChart")}
      sentence={t("gainsSentence", { half })}
      rowHead={t("bestShare")}
      series={[
        { key: "model", name: t("byScore"), look: 1 },
        { key: "none", name: t("noOrder"), look: 2 },
      ]}
      rows={tenths.map(({ best, accepted }) => ({
        label: format.number(best / 100, { style: "percent" }),
        values: { model: accepted, none: best },
      }))}
    />
  );
}

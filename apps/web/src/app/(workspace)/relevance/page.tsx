import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead, Reading, Section } from "@/components/page-layout";
import {
  CalibrationChart,
  Drivers,
  EvaluationFacts,
  GainsChart,
  ModelStatusBanner,
} from "@/features/audience/relevance/model";
import { ThresholdForm } from "@/features/audience/relevance/threshold-form";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

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
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Reading>
        <Relevance whyNotChange={notChange} />
      </Reading>
    </>
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

import type { Evaluation } from "@ringfence/core/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";
import { LineChart } from "@/components/charts/line-chart";

/** Of groups of calls by their chance: of a hundred, how many were said to accept, and how many did. */
export function CalibrationChart({ curve }: Pick<Evaluation, "curve">) {
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

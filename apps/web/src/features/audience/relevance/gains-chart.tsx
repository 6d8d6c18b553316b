import type { Evaluation } from "@ringfence/core/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";
import { LineChart } from "@/components/charts/line-chart";

/** Which share of all that accept is among the better calls, beside calls in no order. */
export function GainsChart({ gains }: Pick<Evaluation, "gains">) {
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

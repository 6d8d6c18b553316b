import type { TradeOff } from "@ringfence/core/audience/relevance";
import { useTranslations } from "next-intl";
import { LineChart } from "@/components/charts/line-chart";
import { useChances } from "./use-chances";

type TradeOffChartProps = { tradeOffs: readonly TradeOff[]; chosen: number | null };

/** What each threshold would have held back, and where the chosen one is. */
export function TradeOffChart({ tradeOffs, chosen }: TradeOffChartProps) {
  const t = useTranslations("relevance");
  const chance = useChances();
  const rows = tradeOffs.map(({ threshold, calls, of }) => ({
    label: chance(threshold),
    values: {
      calls: inHundred(calls),
      refused: inHundred(of.refused),
      accepted: inHundred(of.accepted),
    },
  }));
  return (
    <LineChart
      title={t("tradeOffChart")}
      sentence={t("tradeOffSentence", { thresholds: rows.length })}
      rowHead={t("thresholdHead")}
      at={chosen === null ? undefined : chance(chosen)}
      series={[
        { key: "refused", name: t("heldRefused"), look: 2 },
        { key: "calls", name: t("heldCalls"), look: 1 },
        { key: "accepted", name: t("heldAccepted"), look: 3 },
      ]}
      // Thresholds that read alike are one mark of the axis.
      rows={[...new Map(rows.map((row) => [row.label, row])).values()]}
    />
  );
}

const inHundred = (share: number) => Math.round(share * 1_000) / 10;

import type { ThresholdView } from "@ringfence/services/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";
import { Field } from "@/components/field";
import type { TradeOff } from "@ringfence/core/audience/relevance";
import { LineChart } from "@/components/charts/line-chart";

type ThresholdSliderProps = {
  holding: ThresholdView;
  chosen: number | null;
  onChoose: (threshold: number | null) => void;
};

/** Slider over the tested thresholds, starting at none. Screen readers announce the effect of each. */
export function ThresholdSlider({ holding, chosen, onChoose }: ThresholdSliderProps) {
  const t = useTranslations("relevance");
  const { tradeOffs } = holding.tested;
  const told = useTradeOff(tradeOffs);
  const known = [...tradeOffs.map((one) => one.threshold), holding.threshold];
  const thresholds = [
    null,
    ...[...new Set(known.filter((one) => one !== null))].toSorted((a, b) => a - b),
  ];
  return (
    <div className="max-w-[32rem]">
      <Field label={t("holdBelow")} hint={t("holdHint")}>
        {(wired) => (
          <input
            {...wired}
            type="range"
            className="h-6 w-full accent-ink"
            min={0}
            max={thresholds.length - 1}
            step={1}
            value={thresholds.indexOf(chosen)}
            disabled={thresholds.length === 1}
            aria-valuetext={told.short(chosen)}
            onChange={({ currentTarget }) =>
              onChoose(thresholds[Number(currentTarget.value)] ?? null)
            }
          />
        )}
      </Field>
    </div>
  );
}

type TradeOffChartProps = { tradeOffs: readonly TradeOff[]; chosen: number | null };

/**
 * Chart of the calls, opt-outs and acceptances that each threshold would have held back, with a mark at
 * the chosen one.
 */
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
      // Thresholds with the same label share a point of the axis.
      rows={[...new Map(rows.map((row) => [row.label, row])).values()]}
    />
  );
}

const inHundred = (share: number) => Math.round(share * 1_000) / 10;

/** Describes the effect of thresholds in words. A null threshold holds back nobody. */
export function useTradeOff(tradeOffs: readonly TradeOff[]) {
  const t = useTranslations("relevance");
  const format = useFormatter();
  const chance = useChances();
  const percent = (share: number) =>
    format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const name = (threshold: number | null) =>
    threshold === null ? t("holdNobody") : t("below", { chance: chance(threshold) });
  const of = (threshold: number | null) => tradeOffs.find((one) => one.threshold === threshold);
  return {
    name,
    short(threshold: number | null) {
      const tradeOff = of(threshold);
      if (tradeOff === undefined) return name(threshold);
      const { calls, of: held } = tradeOff;
      return t("heldShort", {
        name: name(threshold),
        calls: percent(calls),
        refused: percent(held.refused),
      });
    },
    long(threshold: number | null) {
      const tradeOff = of(threshold);
      if (tradeOff === undefined) return t("noTradeOff");
      const { calls, of: held } = tradeOff;
      return t("tradeOff", {
        calls: percent(calls),
        refused: percent(held.refused),
        optedOut: percent(held.opted_out),
        complained: percent(held.complained),
        accepted: percent(held.accepted),
      });
    },
  };
}

/** Formats a chance. Small ones get a second decimal place, so that they differ. */
function useChances() {
  const format = useFormatter();
  return (chance: number): string =>
    format.number(chance, { style: "percent", maximumFractionDigits: chance < 0.1 ? 2 : 1 });
}

import type { TradeOff } from "@ringfence/core/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";
import { useChances } from "./use-chances";

/** What thresholds would have held back, in words; null is the one that holds back nobody. */
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

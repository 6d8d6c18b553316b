import type { Evaluation } from "@ringfence/core/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";
import { Facts } from "@/components/facts";

/** How good the model was on later calls, in figures and in words. */
export function EvaluationFacts({ evaluation }: { evaluation: Evaluation }) {
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

import type { EstimatedShare } from "@ringfence/core/audience/relevance";
import { useFormatter, useTranslations } from "next-intl";

/** Shows a count, its share, and the confidence interval of the share. */
export function ShareText({ share: { count, of, low, high } }: { share: EstimatedShare }) {
  const t = useTranslations("campaign");
  const format = useFormatter();
  const percent = (part: number) =>
    format.number(part, { style: "percent", maximumFractionDigits: 1 });
  if (of === 0) return t("nobody");
  return (
    <>
      {t("share", { count, of, percent: percent(count / of) })}{" "}
      <span className="whitespace-nowrap text-muted">
        {t("interval", { low: percent(low), high: percent(high) })}
      </span>
    </>
  );
}

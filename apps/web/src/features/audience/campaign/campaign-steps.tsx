import type { CampaignView } from "@ringfence/services/audience/campaign";
import { useFormatter, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

/** All that was done with a campaign, the last first. */
export function CampaignSteps({ steps }: Pick<CampaignView, "steps">) {
  const t = useTranslations("campaign");
  const format = useFormatter();
  return (
    <ol>
      {steps.toReversed().map(({ id, act, at, by, reason, held }) => (
        <li key={id} className="grid gap-0.5 border-b border-line py-2.5">
          <h3 className="text-base font-semibold">{t(`steps.${act}`)}</h3>
          {held && (
            <p>
              {t("heldBecause", {
                ...held,
                limit: format.number(held.limit, { style: "percent", maximumFractionDigits: 1 }),
              })}
            </p>
          )}
          {reason && <p className="max-w-[46rem] whitespace-pre-line">{reason}</p>}
          <p className="text-sm text-muted">
            <LocalTime instant={at} precision="evidence" />
            {by && `, ${by}`}
          </p>
        </li>
      ))}
    </ol>
  );
}

import { say } from "@ringfence/core/message";
import type { CampaignView, readPreflight } from "@ringfence/services/campaign";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Facts } from "@/components/facts";
import { ShareTold } from "./share-told";

type Preflight = Awaited<ReturnType<typeof readPreflight>>;
type PreflightFactsProps = { campaign: CampaignView; preflight: Preflight };

/** What to expect of it, when it calls, and what the called see. */
export function PreflightFacts({ campaign, preflight }: PreflightFactsProps) {
  const t = useTranslations("campaign");
  const locale = useLocale();
  const { audience, unknown, forecast, labelRule } = preflight;
  return (
    <Facts
      facts={[
        {
          name: t("audience"),
          value: audience === null ? t("notRefreshed") : <Count value={audience.people} />,
          notes:
            audience === null
              ? [say(locale, unknown)]
              : [
                  t("elsewhere", { count: audience.elsewhere }),
                  t("settled", { count: audience.settled }),
                ],
        },
        {
          name: t("expectedRefusals"),
          value: <Expected {...preflight} kind="refused" />,
          notes: [
            <ShareTold key="share" share={forecast.refused} />,
            t("basis", { calls: forecast.calls }),
          ],
        },
        {
          name: t("expectedComplaints"),
          value: <Expected {...preflight} kind="complained" />,
          notes: [<ShareTold key="share" share={forecast.complained} />],
        },
        {
          name: t("label"),
          value: campaign.label === "" ? t("noLabel") : campaign.label,
          notes: [
            labelRule === null
              ? t("labelFree")
              : t("labelLaw", { maxChars: labelRule.maxChars, citation: labelRule.citation }),
            ...(campaign.labelContract === "" ? [] : [campaign.labelContract]),
          ],
        },
      ]}
    />
  );
}

type ExpectedProps = Pick<Preflight, "forecast" | "waterfall"> & { kind: "refused" | "complained" };

/** Of those who may be called now, one call each. */
function Expected({ forecast, waterfall, kind }: ExpectedProps) {
  const t = useTranslations("campaign");
  const format = useFormatter();
  if (forecast.calls === 0) return t("noBasis");
  if (waterfall === null) return t("notScreened");
  const { callable } = waterfall.counts;
  const { low, high } = forecast[kind];
  const people = (share: number) => format.number(Math.round(share * callable));
  return t("between", { low: people(low), high: people(high), callable });
}

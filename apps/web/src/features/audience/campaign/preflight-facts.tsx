import { say } from "@ringfence/core/platform/message";
import type { CampaignView, readPreflight } from "@ringfence/services/audience/campaign";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { type Fact, Facts } from "@/components/facts";
import { ShareTold } from "./share-told";

type Preflight = Awaited<ReturnType<typeof readPreflight>>;
type PreflightFactsProps = { campaign: CampaignView; preflight: Preflight };

/** What to expect of it, when it calls, and what the called see. */
export function PreflightFacts({ campaign, preflight }: PreflightFactsProps) {
  const t = useTranslations("campaign");
  const locale = useLocale();
  const { audience, unknown, forecast, labelRule } = preflight;
  const fit = useFit(preflight.fit);
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
        ...fit,
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

/** Of some of its people, which offer fits how many, and how many the thresholds hold back. */
function useFit(fit: Preflight["fit"]): Fact[] {
  const t = useTranslations("campaign");
  const format = useFormatter();
  if (fit === null || fit.people === 0) return [];
  const { people, heldBack, heldOut, offers } = fit;
  const percent = (part: number) =>
    format.number(part / people, { style: "percent", maximumFractionDigits: 0 });
  const held = {
    name: t("heldBackNow"),
    value: percent(heldBack),
    notes: [t("heldOutNow", { count: heldOut }), t("looked", { people })],
  };
  if (offers.length < 2) return [held];
  const told = offers.map(({ name, people: count }) =>
    t("fits", { name, percent: percent(count) }),
  );
  return [
    { name: t("bestOffers"), value: format.list(told), notes: [t("looked", { people })] },
    held,
  ];
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

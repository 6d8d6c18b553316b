import type { CampaignView } from "@ringfence/services/audience/campaign";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { Facts } from "@/components/page-layout";
import { PhoneText } from "@/components/people";
import { LocalTime } from "@/components/dates";

/** Shows the settings of a campaign as its author chose them. */
export function CampaignFacts({ campaign }: { campaign: CampaignView }) {
  const t = useTranslations("campaignForm");
  const dialers = useTranslations("dialers");
  const days = useTranslations("weekdays");
  const format = useFormatter();
  const { offers, segment, seller, dialer, hours, cap, priority, refusalLimit } = campaign;
  return (
    <Facts
      facts={[
        { name: t("key"), value: campaign.key },
        {
          name: t("offers"),
          value: format.list(offers.map(({ name }) => name)),
          notes: [
            ...(offers.length > 1 ? [t("offersNote")] : []),
            ...offers.map(({ id, name }) => (
              <Link key={id} href={`/offers/${id}`}>
                {t("thresholdOf", { name })}
              </Link>
            )),
          ],
        },
        { name: t("segment"), value: segment.name },
        { name: t("seller"), value: seller.name },
        { name: t("dialer"), value: dialers(dialer) },
        { name: t("callerNumber"), value: <PhoneText phone={campaign.callerNumber} /> },
        {
          name: t("hours"),
          value: t("hoursTold", {
            days: hours.days.map((day) => days(day)).join(", "),
            from: hours.from,
            to: hours.to,
          }),
          notes: [t("hoursNote")],
        },
        { name: t("cap"), value: t("capTold", cap) },
        { name: t("priority"), value: format.number(priority) },
        {
          name: t("refusalLimitShort"),
          value: format.number(refusalLimit, { style: "percent", maximumFractionDigits: 1 }),
        },
      ]}
    />
  );
}

/** Lists the steps of a campaign, latest first. */
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

import type { CampaignView, readPreflight } from "@ringfence/services/audience/campaign";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Columns, type Fact, Facts, Section } from "@/components/page-layout";
import { say } from "@ringfence/core/platform/message";
import { Count } from "@/components/numbers";
import { ShareText } from "./results";
import { PersonName, PhoneText } from "@/components/people";

type PreflightSectionsProps = {
  campaign: CampaignView;
  preflight: Awaited<ReturnType<typeof readPreflight>>;
  /** Members of the segment who may be called. */
  waterfall: ReactNode;
};

/** Shows who of the segment could be called at the last screening, and what the calls would come to. */
export function PreflightSections({ campaign, preflight, waterfall }: PreflightSectionsProps) {
  const t = useTranslations("campaign");
  return (
    <>
      <Section title={t("preflight")}>{waterfall}</Section>
      <Columns>
        <Section title={t("expect")}>
          <PreflightFacts campaign={campaign} preflight={preflight} />
        </Section>
        <Section title={t("sample")}>
          <SampleList sample={preflight.sample} />
        </Section>
      </Columns>
    </>
  );
}

type Preflight = Awaited<ReturnType<typeof readPreflight>>;
type PreflightFactsProps = { campaign: CampaignView; preflight: Preflight };

/** Facts to check before calling: audience, expected refusals and complaints, and the call label. */
function PreflightFacts({ campaign, preflight }: PreflightFactsProps) {
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
            <ShareText key="share" share={forecast.refused} />,
            t("basis", { calls: forecast.calls }),
          ],
        },
        {
          name: t("expectedComplaints"),
          value: <Expected {...preflight} kind="complained" />,
          notes: [<ShareText key="share" share={forecast.complained} />],
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

/**
 * Facts about a sample of the audience, which is the people of the segment that the campaign may call: the share each
 * offer fits best, and the share held back by thresholds.
 */
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
  const offerTexts = offers.map(({ name, people: count }) =>
    t("fits", { name, percent: percent(count) }),
  );
  return [
    { name: t("bestOffers"), value: format.list(offerTexts), notes: [t("looked", { people })] },
    held,
  ];
}

type ExpectedProps = Pick<Preflight, "forecast" | "waterfall"> & { kind: "refused" | "complained" };

/**
 * Range of expected refusals (with opt-outs and complaints) or of complaints, if everyone who could be called at the
 * last screening is called once.
 */
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

type Sample = Awaited<ReturnType<typeof readPreflight>>["sample"];

/** Lists some people who may be called, each with the script for them. */
function SampleList({ sample }: { sample: Sample }) {
  const t = useTranslations("campaign");
  if (sample.length === 0) return <p className="py-2.5 text-muted">{t("noSample")}</p>;
  return (
    <ul>
      {sample.map(({ ordinal, name, externalId, phones, language, script, offer }) => (
        <li key={ordinal} className="grid gap-1 border-b border-line py-2.5">
          <p>
            <b>
              <PersonName name={name} externalId={externalId} />
            </b>{" "}
            {phones.map((phone) => (
              <span key={phone} className="pr-2 text-sm text-muted">
                <PhoneText phone={phone} />
              </span>
            ))}
          </p>
          <p className="text-sm text-muted">{t("offered", { offer })}</p>
          <blockquote lang={language} className="max-w-[46rem] whitespace-pre-line">
            {script}
          </blockquote>
        </li>
      ))}
    </ul>
  );
}

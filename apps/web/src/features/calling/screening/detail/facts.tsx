import type { Phone } from "@ringfence/core/people/phone";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { zoneCity } from "@/i18n/format-time";
import { LocalTime } from "@/components/dates";
import { PhoneLink, PhoneText } from "@/components/people";
import { Verdict } from "@/components/verdict";
import type { ScreeningView } from "@ringfence/services/calling/screening";
import Link from "next/link";
import { Facts } from "@/components/page-layout";
import { RecordedBy } from "@/components/officers";
import type { ScrubRowView } from "@ringfence/services/calling/scrub";
import { CopyButton } from "@/components/client-buttons";
import { Count } from "@/components/numbers";

type PastVerdictProps = {
  verdict: "allow" | "refuse";
  phone: Phone | null;
  isErased?: boolean;
  /** Number of reasons that refused it. */
  reasons: number;
  at: Date;
  /** Time zone of the called person in which the time is shown; null for the viewer's own. */
  zone: string | null;
};

/** Shows what was decided about a call, to which number, and when. */
export function PastVerdict({ verdict, phone, isErased, reasons, at, zone }: PastVerdictProps) {
  const t = useTranslations("screening");
  const number = () =>
    phone === null ? t(isErased ? "erased" : "noNumber") : <PhoneText phone={phone} />;
  return (
    <Verdict
      verdict={verdict}
      word={t(verdict)}
      meta={t.rich("decided", {
        time: () => (
          <LocalTime instant={at} precision="evidence" {...(zone !== null && { zone })} />
        ),
      })}
    >
      {t.rich(verdict === "allow" ? "allowed" : "refused", { phone: number, count: reasons })}
    </Verdict>
  );
}

type CallFactsProps = {
  view: ScreeningView;
  /** Name of the call's purpose. */
  purpose: string;
  /** Names of the call's jurisdictions. */
  places: readonly string[];
};

/** Shows the requested call, who requested it, and the other facts behind the verdict. */
export function CallFacts({ view, purpose, places }: CallFactsProps) {
  const t = useTranslations("screening");
  const dialers = useTranslations("dialers");
  const locale = useLocale();
  const format = useFormatter();
  const { phone, phoneId, isErased, seller, dialer, campaign, at, by, checked } = view;
  return (
    <Facts
      facts={[
        {
          name: t("phone"),
          value:
            phoneId !== null && phone !== null ? (
              <PhoneLink phoneId={phoneId} phone={phone} />
            ) : (
              t(isErased ? "erased" : "noNumber")
            ),
        },
        { name: t("about"), value: t("aboutValue", { purpose, seller }) },
        { name: t("dialer"), value: dialers(dialer) },
        ...(campaign === null ? [] : [{ name: t("campaign"), value: campaign }]),
        { name: t("at"), value: <LocalTime instant={at} precision="evidence" /> },
        { name: t("by"), value: <RecordedBy by={by} /> },
        { name: t("places"), value: places.length > 0 ? format.list(places) : t("unknown") },
        {
          name: t("zones"),
          value:
            checked.zones.length > 0
              ? format.list(checked.zones.map((zone) => zoneCity(locale, zone)))
              : t("unknown"),
        },
        { name: t("consent"), value: <ReliedConsent consent={checked.consent} /> },
        ...(checked.reassigned
          ? [{ name: t("reassigned"), value: t(`answers.${checked.reassigned.answer}`) }]
          : []),
      ]}
    />
  );
}

function ReliedConsent({ consent }: { consent: ScreeningView["checked"]["consent"] }) {
  const t = useTranslations("screening");
  if (consent === undefined) return t("noConsent");
  return (
    <Link href={`/consents/${consent.id}`} prefetch={false}>
      {t.rich("consentSince", {
        time: () => <LocalTime instant={consent.since} precision="day" />,
      })}
    </Link>
  );
}

type RowFactsProps = {
  view: ScrubRowView;
  /** Names of the purpose and of the seller. */
  purpose: string;
  seller: string;
};

/** Shows which row of which file it is, and what is on record about its scrub. */
export function RowFacts({ view, purpose, seller }: RowFactsProps) {
  const t = useTranslations("screening");
  const dialers = useTranslations("dialers");
  const { scrub, row, kept, phoneId } = view;
  const { dialer } = scrub.record.checked;
  const from = kept?.callableFrom ?? null;
  return (
    <Facts
      facts={[
        { name: t("phone"), value: <RowNumber kept={kept} phoneId={phoneId} /> },
        {
          name: t("file"),
          value: (
            <Link href={`/scrubs/${scrub.id}`} prefetch={false}>
              {scrub.fileName}
            </Link>
          ),
        },
        { name: t("row"), value: <Count value={row} /> },
        { name: t("about"), value: t("aboutValue", { purpose, seller }) },
        { name: t("dialer"), value: dialers(dialer) },
        { name: t("at"), value: <LocalTime instant={scrub.at} precision="evidence" /> },
        ...(from === null
          ? []
          : [{ name: t("callableFrom"), value: <LocalTime instant={from} /> }]),
        { name: t("resultHash"), value: <Hash of={scrub.record.resultSha256} /> },
        { name: t("rowsRoot"), value: <Hash of={scrub.record.rowsRoot} /> },
      ]}
    />
  );
}

function RowNumber({ kept, phoneId }: Pick<ScrubRowView, "kept" | "phoneId">) {
  const t = useTranslations("screening");
  if (kept === null) return t("rowErased");
  if (kept.phone === null) return t("noNumber");
  if (phoneId === null) return <PhoneText phone={kept.phone} />;
  return <PhoneLink phoneId={phoneId} phone={kept.phone} />;
}

const Hash = ({ of: hash }: { of: string }) => (
  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <code>{`${hash.slice(0, 16)}…`}</code>
    <CopyButton text={hash} />
  </span>
);

/** Shows why a row was refused. Only the kinds of the reasons are on record for a row. */
export function RowReasons({ reasons }: Pick<NonNullable<ScrubRowView["kept"]>, "reasons">) {
  const t = useTranslations("screening");
  const names = useTranslations("reasons");
  if (reasons.length === 0) return <p className="py-2.5">{t("nothingAgainst")}</p>;
  return (
    <ol>
      {reasons.map((reason) => (
        <li key={reason} className="grid gap-0.5 border-b border-line py-2.5">
          <h3 className="text-base font-semibold">{names(`${reason}.name`)}</h3>
          <p className="max-w-[44rem] text-pretty">{names(`${reason}.means`)}</p>
        </li>
      ))}
    </ol>
  );
}

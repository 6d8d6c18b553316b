import type { OwnRecord } from "@ringfence/services/desk/own-record";
import { useLocale, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Section } from "@/components/section";
import { tellTime } from "@/i18n/tell-time";
import type { Draft } from "@/server/kept-draft";
import { ComplaintForm } from "./complaint-form";

type OwnCallsProps = Pick<OwnRecord, "calls" | "purposes" | "zone"> & {
  /** Of which organization, and whose page it is, sealed. */
  place: { address: string; owner: string };
  draft: Draft | null;
};

/** Who called a person, about what, and what allowed it. */
export function OwnCalls({ calls, purposes, zone, place, draft }: OwnCallsProps) {
  const t = useTranslations("ownRecord");
  const locale = useLocale();
  const nameOf = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  // Of a call that is not listed any more it is about nothing else.
  const about = calls.some(({ id }) => id === draft?.callId) ? draft?.callId : null;
  const draftOf = (id: string | null) => (id === about ? draft?.text : undefined);
  return (
    <Section title={t("called")}>
      {calls.length === 0 && <p className="pt-3">{t("calledNever")}</p>}
      <ul>
        {calls.map(({ id, at, seller, purpose, consentSince, isScreened }) => (
          <li key={id} className="border-b border-line py-3">
            <p>
              <LocalTime instant={at} zone={zone} />, {seller}
            </p>
            <p className="text-base text-muted">
              {t("callAbout", { purpose: nameOf(purpose) })}{" "}
              {consentSince
                ? t("callConsent", { day: tellTime(locale, zone, consentSince, "day") })
                : t(isScreened ? "callScreened" : "callUnscreened")}
            </p>
            <ComplaintForm {...place} callId={id} draft={draftOf(id)} />
          </li>
        ))}
      </ul>
      <div className="pt-3">
        <ComplaintForm {...place} callId={null} draft={draftOf(null)} />
      </div>
    </Section>
  );
}

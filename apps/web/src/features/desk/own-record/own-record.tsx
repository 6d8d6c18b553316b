import type { OwnCall, OwnRecord } from "@ringfence/services/desk/own-record";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { PublicLink } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { Section } from "@/components/page-layout";
import { formatInstant } from "@/i18n/format-time";
import { sendComplaint, withdrawConsent } from "./actions";
import {
  type OwnQuery,
  findAgreement,
  isComplaintRecorded,
  isChosen,
  isDeclined,
  isWithdrawn,
} from "./outcome";
import { LocalTime } from "@/components/dates";
import type { Draft } from "@/server/own-record";
import { Checkbox, Field, Textarea } from "@/components/fields";
import { Banner } from "@/components/banner";

type OwnConsentsProps = Pick<OwnRecord, "consents" | "standing" | "purposes" | "zone"> & {
  address: string;
};

/** Lists consents and withdrawals, with the words that the person was shown. */
export function OwnConsents({ consents, standing, purposes, zone, address }: OwnConsentsProps) {
  const t = useTranslations("ownRecord");
  const types = useTranslations("timeline.consentType");
  const [locale, format] = [useLocale(), useFormatter()];
  const purposeName = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  // Only the latest event of a consent gets the button, so that a renewed consent has just one.
  const latestEventByConsent = new Map(
    consents.toReversed().map(({ id, consentId }) => [consentId, id]),
  );
  return (
    <Section title={t("agreed")}>
      {consents.length === 0 && <p className="pt-3">{t("agreedNothing")}</p>}
      <ul>
        {consents.map(({ id, consentId, type, at, seller, purposes: keys, disclosure }) => (
          <li key={id} className="grid gap-1 border-b border-line py-3">
            <h3 className="text-public">
              {types(type)}: {format.list(keys.map(purposeName))}
            </h3>
            <p className="text-base text-muted">
              {t("agreedTo", { seller: seller ?? "", day: formatInstant(locale, zone, at, "day") })}
            </p>
            {disclosure && (
              <details>
                <summary className="text-base">{t("words")}</summary>
                <blockquote
                  lang={disclosure.language}
                  className="border-l-[3px] border-line-strong pl-3 text-base whitespace-pre-line"
                >
                  {disclosure.text}
                </blockquote>
              </details>
            )}
            {standing.has(consentId) && latestEventByConsent.get(consentId) === id && (
              <form action={withdrawConsent.bind(null, { address, consentId })} className="pt-1">
                <PublicSubmit busy={t("sending")} isQuiet>
                  {t("takeBack")}
                </PublicSubmit>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type OwnCallsProps = Pick<OwnRecord, "calls" | "purposes" | "zone"> & {
  /** The organization's part of the URL, and the encrypted id of the person whose record this is. */
  page: { address: string; owner: string };
  draft: Draft | null;
  /** Addresses of the page with earlier calls, and with the latest ones. */
  links: { earlier: string | null; latest: string | null };
};

/** Lists calls, each with its purpose, what the screening before it decided and why, and a complaint form. */
export function OwnCalls({ calls, purposes, zone, page, draft, links }: OwnCallsProps) {
  const t = useTranslations("ownRecord");
  const purposeName = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  // If the draft's call is not on this page, the draft goes into the general complaint form.
  const draftCallId = calls.some(({ id }) => id === draft?.callId) ? draft?.callId : null;
  const findDraft = (id: string | null) => (id === draftCallId ? (draft ?? undefined) : undefined);
  return (
    <Section title={t("called")}>
      {calls.length === 0 && <p className="pt-3">{t("calledNever")}</p>}
      {links.latest !== null && (
        <p className="pt-3 text-base">
          <a href={links.latest}>{t("latestCalls")}</a>
        </p>
      )}
      <ul>
        {calls.map((call) => (
          <li key={call.id} className="border-b border-line py-3">
            <p>
              <LocalTime instant={call.at} zone={zone} />, {call.seller}
            </p>
            <p className="text-base text-muted">
              {t("callAbout", { purpose: purposeName(call.purpose) })}{" "}
              <CallReason call={call} zone={zone} />
            </p>
            <ComplaintForm {...page} callId={call.id} draft={findDraft(call.id)} />
          </li>
        ))}
      </ul>
      {links.earlier !== null && (
        <p className="pt-3 text-base">
          <a href={links.earlier}>{t("earlierCalls")}</a>
        </p>
      )}
      <div className="pt-3">
        <ComplaintForm {...page} callId={null} draft={findDraft(null)} />
      </div>
    </Section>
  );
}

/** Says what the screening before a call decided, and on which ground. */
function CallReason({ call, zone }: { call: OwnCall; zone: string }) {
  const t = useTranslations("ownRecord");
  const reasons = useTranslations("reasons");
  const locale = useLocale();
  if (call.check === "none") return t("callUnscreened");
  if (call.check === "refused") {
    const names = call.reasons.map((reason) => reasons(`${reason}.name`));
    return t("callRefused", { reasons: names.join("; ") });
  }
  return call.consentSince === null
    ? t("callScreened")
    : t("callConsent", { day: formatInstant(locale, zone, call.consentSince, "day") });
}

type ComplaintFormProps = {
  address: string;
  /** Encrypted id of the person whose record this is. */
  owner: string;
  /** Null if the complaint is not about one call. */
  callId: string | null;
  /** Text that the person had typed and could not send, because their access to the record had expired. */
  draft?: Draft | undefined;
};

/** Shows a complaint form. It is closed at first, unless there is a draft. */
function ComplaintForm({ draft, ...about }: ComplaintFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <details open={draft !== undefined}>
      <summary className="text-base">
        {t(about.callId === null ? "complain" : "complainOfCall")}
      </summary>
      <form action={sendComplaint.bind(null, about)} className="grid gap-3 pt-2">
        <Field label={t("complaint")}>
          {(wired) => (
            <Textarea
              {...wired}
              name="text"
              maxLength={2_000}
              required
              rows={4}
              defaultValue={draft?.text}
            />
          )}
        </Field>
        <Checkbox
          name="refusesCalls"
          value="yes"
          defaultChecked={draft?.refusesCalls}
          label={t("refusesCalls")}
          hint={t("refusesHint")}
        />
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("sendComplaint")}
        </PublicSubmit>
      </form>
    </details>
  );
}

type OwnRefusalsProps = Pick<OwnRecord, "refusals" | "purposes" | "zone">;

/** Lists opt-outs with date, reference and correction. */
export function OwnRefusals({ refusals, purposes, zone }: OwnRefusalsProps) {
  const t = useTranslations("ownRecord");
  const scopes = useTranslations("optOuts.scope");
  const locale = useLocale();
  const purposeName = (keyOrSeller: string | null) =>
    purposes.find(({ key }) => key === keyOrSeller)?.name ?? keyOrSeller ?? "";
  return (
    <Section title={t("refused")}>
      {refusals.length === 0 && <p className="pt-3">{t("refusedNothing")}</p>}
      <ul>
        {refusals.map(({ reference, at, scope, name, correctedAt }) => (
          <li key={reference} className="border-b border-line py-3">
            <p>{scopes(scope, { name: purposeName(name) })}</p>
            <p className="text-base text-muted">
              {t("refusedSince", {
                day: formatInstant(locale, zone, at, "day"),
                reference: `${reference.slice(0, 4)} ${reference.slice(4)}`,
              })}
            </p>
            {correctedAt && (
              <p className="text-base text-muted">
                {t("refusedCorrected", { day: formatInstant(locale, zone, correctedAt, "day") })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type OwnComplaintsProps = Pick<OwnRecord, "complaints" | "zone">;

/** Lists complaints with the day of the answer, or what came of them. */
export function OwnComplaints({ complaints, zone }: OwnComplaintsProps) {
  const t = useTranslations("ownRecord");
  const decisions = useTranslations("ownRecord.complaintDecisions");
  const locale = useLocale();
  const formatDay = (at: Date) => formatInstant(locale, zone, at, "day");
  if (complaints.length === 0) return null;
  return (
    <Section title={t("complaints")}>
      <ul>
        {complaints.map(({ id, receivedAt, dueAt, decidedAt, decision }) => (
          <li key={id} className="border-b border-line py-3">
            <p>{t("complaintSent", { day: formatDay(receivedAt) })}</p>
            <p className="text-base text-muted">
              {decidedAt === null
                ? t("complaintDue", { day: formatDay(dueAt) })
                : t("complaintDecided", {
                    day: formatDay(decidedAt),
                    decision: decisions(decision ?? "none"),
                  })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type OwnOutcomeProps = {
  /** The page's query, which names what was just done. */
  query: OwnQuery;
  record: Pick<OwnRecord, "consents" | "standing" | "complaints" | "refusals" | "preferences">;
  /** Fault of a complaint. */
  fault: string | undefined;
  hasDraft: boolean;
};

/** Shows the result of the last action. */
export function OwnOutcome({ query, record, fault, hasDraft }: OwnOutcomeProps) {
  const t = useTranslations("ownRecord");
  return (
    <>
      {isComplaintRecorded(query, record) && (
        <output>
          <Banner title={t("complained")} />
        </output>
      )}
      {isWithdrawn(query, record) && (
        <output>
          <Banner title={t("taken")} />
        </output>
      )}
      {isDeclined(query, record) && (
        <output>
          <Banner title={t("topicsDone")} />
        </output>
      )}
      {isChosen(query, record) && (
        <output>
          <Banner title={t("preferencesDone")} />
        </output>
      )}
      {"not-agreed" in query && <Banner tone="bad" role="alert" title={t("agreeNone")} />}
      {"not-declined" in query && <Banner tone="bad" role="alert" title={t("topicsNone")} />}
      {"not-withdrawn" in query && <Banner tone="bad" role="alert" title={t("notTakenOpen")} />}
      {fault && <Banner tone="bad" role="alert" title={fault} />}
      {hasDraft && <Banner title={t("draftBack")} />}
    </>
  );
}

type AgreementOutcomeProps = Pick<OwnOutcomeProps, "query" | "record"> & {
  /** Where the code of the message is typed; null if none was sent. */
  answerLink: string | null;
};

/** Says whether what the person just agreed to counts, or what is left to do. */
export function AgreementOutcome({ query, record, answerLink }: AgreementOutcomeProps) {
  const t = useTranslations("ownRecord");
  const agreement = findAgreement(query, record);
  if (agreement === null) return null;
  return (
    <output className="grid gap-3">
      {agreement === "counts" ? (
        <Banner title={t("agreeDone")} />
      ) : (
        <Banner tone="care" title={t("agreeWaits")}>
          {t(answerLink === null ? "agreeUnsentBody" : "agreeWaitsBody")}
        </Banner>
      )}
      {agreement === "waits" && answerLink !== null && (
        <PublicLink href={answerLink}>{t("agreeCode")}</PublicLink>
      )}
    </output>
  );
}

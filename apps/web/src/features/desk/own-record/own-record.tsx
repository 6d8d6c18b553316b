import type { OwnRecord } from "@ringfence/services/desk/own-record";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { PublicSubmit } from "@/components/public-submit";
import { Section } from "@/components/section";
import { tellTime } from "@/i18n/tell-time";
import { sendComplaint, takeBackConsent } from "./actions";
import { LocalTime } from "@/components/local-time";
import type { Draft } from "@/server/kept-draft";
import { Field } from "@/components/field";
import { Textarea } from "@/components/textarea";
import { Banner } from "@/components/banner";

type OwnConsentsProps = Pick<OwnRecord, "consents" | "standing" | "purposes" | "zone"> & {
  address: string;
};

/** What a person agreed to and took back, in the words that they were shown. */
export function OwnConsents({ consents, standing, purposes, zone, address }: OwnConsentsProps) {
  const t = useTranslations("ownRecord");
  const types = useTranslations("timeline.consentType");
  const [locale, format] = [useLocale(), useFormatter()];
  const nameOf = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  // Of one that was renewed the last word alone, so that there is one button for it.
  const lastWords = new Map(consents.toReversed().map(({ id, consentId }) => [consentId, id]));
  return (
    <Section title={t("agreed")}>
      {consents.length === 0 && <p className="pt-3">{t("agreedNothing")}</p>}
      <ul>
        {consents.map(({ id, consentId, type, at, seller, purposes: keys, disclosure }) => (
          <li key={id} className="grid gap-1 border-b border-line py-3">
            <h3 className="text-public">
              {types(type)}: {format.list(keys.map(nameOf))}
            </h3>
            <p className="text-base text-muted">
              {t("agreedTo", { seller: seller ?? "", day: tellTime(locale, zone, at, "day") })}
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
            {standing.has(consentId) && lastWords.get(consentId) === id && (
              <form action={takeBackConsent.bind(null, { address, consentId })} className="pt-1">
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

type ComplaintFormProps = {
  address: string;
  /** Whose page it stands on, sealed. */
  owner: string;
  /** Null where it is of no one call. */
  callId: string | null;
  /** What they were writing, of this call or of none, when their code was over. */
  draft?: string | undefined;
};

/** Folded away: a few words, and a button. */
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
              defaultValue={draft}
            />
          )}
        </Field>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("sendComplaint")}
        </PublicSubmit>
      </form>
    </details>
  );
}

type OwnRefusalsProps = Pick<OwnRecord, "refusals" | "purposes" | "zone">;

/** What a person refused, since when, and the reference of each. */
export function OwnRefusals({ refusals, purposes, zone }: OwnRefusalsProps) {
  const t = useTranslations("ownRecord");
  const scopes = useTranslations("optOuts.scope");
  const locale = useLocale();
  const nameOf = (name: string | null) =>
    purposes.find((one) => one.key === name)?.name ?? name ?? "";
  return (
    <Section title={t("refused")}>
      {refusals.length === 0 && <p className="pt-3">{t("refusedNothing")}</p>}
      <ul>
        {refusals.map(({ reference, at, scope, name, correctedAt }) => (
          <li key={reference} className="border-b border-line py-3">
            <p>{scopes(scope, { name: nameOf(name) })}</p>
            <p className="text-base text-muted">
              {t("refusedSince", {
                day: tellTime(locale, zone, at, "day"),
                reference: `${reference.slice(0, 4)} ${reference.slice(4)}`,
              })}
            </p>
            {correctedAt && (
              <p className="text-base text-muted">
                {t("refusedCorrected", { day: tellTime(locale, zone, correctedAt, "day") })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type OwnOutcomeProps = {
  /** Of the page: what has just been done, by its name. */
  query: object;
  /** What was wrong with a complaint. */
  fault: string | undefined;
  hasDraft: boolean;
};

/** What came of what a person has just done, while their record is open. */
export function OwnOutcome({ query, fault, hasDraft }: OwnOutcomeProps) {
  const t = useTranslations("ownRecord");
  const done = (["complained", "taken"] as const).filter((key) => key in query);
  return (
    <>
      {done.map((key) => (
        <output key={key}>
          <Banner title={t(key)} />
        </output>
      ))}
      {"kept" in query && <Banner tone="bad" role="alert" title={t("notTakenOpen")} />}
      {fault && <Banner tone="bad" role="alert" title={fault} />}
      {hasDraft && <Banner title={t("draftBack")} />}
    </>
  );
}

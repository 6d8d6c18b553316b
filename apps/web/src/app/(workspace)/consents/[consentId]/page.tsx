import { may } from "@ringfence/core/platform/access";
import { ConsentId } from "@ringfence/core/ids";
import { say } from "@ringfence/core/platform/message";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ConsentFile, ConsentView } from "@ringfence/services/consents/consent";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { findFileExtension } from "@ringfence/core/consents/evidence";
import { type PurposeStanding, StoredEvidence } from "@ringfence/core/consents/consent";
import { AgreedAgain } from "@/components/agreed-again";
import { ButtonLink } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Facts, Section } from "@/components/page-layout";
import { PhoneLink } from "@/components/people";
import { PrintButton } from "@/components/client-buttons";
import { Standings } from "@/features/consents/consent/words";
import { EraseClaims } from "@/features/desk/erasure/erasure-forms";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { LocalTime } from "@/components/dates";
import { ByteSize } from "@/components/numbers";
import { FileHash } from "@/features/consents/consent/words";
import { Banner } from "@/components/banner";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consent");
  return { title: t("title") };
}

export default async function ConsentPage({ params }: PageProps<"/consents/[consentId]">) {
  const member = await requireMember("consent.read");
  const consentId = ConsentId.safeParse((await params).consentId).data ?? notFound();
  const [t, locale, refusal, noFiles, consent, purposes] = await Promise.all([
    getTranslations("consent"),
    getLocale(),
    whyNot(member, "person.erase"),
    whyNot(member, "consent.prove"),
    loadOrNotFound(api.consent.read({ consentId })),
    api.purpose.list(),
  ]);
  const { phoneId, phone, standing, earlierOptOuts, events, erasable } = consent;
  const names = new Map<string, string>(purposes.map(({ key, name }) => [key, name]));
  return (
    <DetailPage
      title={t("title")}
      note={phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased")}
      actions={
        <>
          {phone && may(toActor(member), "consent.record") && (
            <ButtonLink href={`/consents/withdraw?phone=${phoneId}`} size="small" prefetch={false}>
              {t("withdraw")}
            </ButtonLink>
          )}
          <PrintButton>{t("print")}</PrintButton>
        </>
      }
    >
      <MissingElementsBanner standing={standing} />
      <Section title={t("standing")}>
        <div className="py-2.5">
          {standing.length > 0 ? (
            <Standings standing={standing} purposes={names} />
          ) : (
            <p>{t("dataAlone")}</p>
          )}
        </div>
      </Section>
      <AgreedAgain again={earlierOptOuts} />
      <ConsentEvents events={events} purposes={names} whyNoFiles={noFiles} />
      {erasable.length > 0 && (
        <EraseClaims
          consentId={consentId}
          claims={erasable.map((key) => ({ key, name: say(locale, { key: `claim.${key}` }) }))}
          whyNot={refusal}
        />
      )}
    </DetailPage>
  );
}

type ConsentEventsProps = {
  events: ConsentView["events"];
  purposes: ReadonlyMap<string, string>;
  /** Why the member may not download recordings and scans. */
  whyNoFiles: string | undefined;
};

/** Lists the events of a consent, latest first, with text and evidence. */
function ConsentEvents({ events, purposes, whyNoFiles }: ConsentEventsProps) {
  const t = useTranslations("consent");
  const types = useTranslations("timeline.consentType");
  const channels = useTranslations("timeline.channel");
  const kinds = useTranslations("captureForms.kinds");
  const format = useFormatter();
  return (
    <Section title={t("timeline")}>
      <ol>
        {events.map((event) => (
          <li key={event.id} className="grid gap-1.5 border-b border-line py-3">
            <h3>
              {types(event.type)}, <LocalTime instant={event.at} precision="evidence" />
            </h3>
            <p className="text-muted">
              {t("what", {
                seller: event.seller,
                purposes: format.list(event.purposes.map((key) => purposes.get(key) ?? key)),
                channels: format.list(event.channels.map((channel) => channels(channel))),
                isData: String(event.purposes.length === 0),
              })}
            </p>
            {event.disclosure && (
              <blockquote
                lang={event.disclosure.language}
                className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
              >
                {event.disclosure.text}
              </blockquote>
            )}
            <p className="text-sm text-muted">
              {event.form &&
                t("byForm", { name: event.form.name, version: String(event.form.version) })}
              {!event.form && event.source && t("bySource", { source: kinds(event.source) })}
              {event.isProven && ` ${t("proven")}`}
            </p>
            {event.lead && <LeadProof lead={event.lead} />}
            <EvidenceFiles files={event.files} whyNot={whyNoFiles} />
            {event.evidence.map((body, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- evidence never moves
              <EventEvidence key={index} body={body} />
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}

const evidenceNames = [
  { field: "act", key: "claim.act" },
  { field: "signature", key: "claim.signature" },
  { field: "url", key: "claim.url" },
  { field: "ip", key: "claim.ip" },
  { field: "userAgent", key: "claim.user_agent" },
  { field: "recording", key: "claim.recording" },
  { field: "scan", key: "claim.scan" },
] as const;

/** The evidence of an event by name, and folded in it as it was recorded, with all details. */
function EventEvidence({ body }: { body: unknown }) {
  const t = useTranslations("consent");
  const locale = useLocale();
  const stored = StoredEvidence.catch({}).parse(body);
  const facts = evidenceNames.flatMap(({ field, key }) => {
    const value = stored[field];
    return value === undefined ? [] : [{ name: say(locale, { key }), value }];
  });
  return (
    <details>
      <summary>{t("evidence")}</summary>
      <Facts facts={facts} />
      <details>
        <summary>{t("evidenceRecord")}</summary>
        <pre className="scroll bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
          {JSON.stringify(body, null, 2)}
        </pre>
      </details>
    </details>
  );
}

type EvidenceFilesProps = {
  files: readonly ConsentFile[];
  /** Why the member may not download them. */
  whyNot: string | undefined;
};

/** Lists the recordings and scans of an event, with the hash in its statement. */
function EvidenceFiles({ files, whyNot }: EvidenceFilesProps) {
  const t = useTranslations("evidenceFile");
  return files.map(({ id, kind, mediaType, bytes, sha256 }) => (
    <div key={id} className="grid gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <b>{t(`kind.${kind}`)}</b>
        <span>
          {findFileExtension(mediaType).toUpperCase()}, <ByteSize bytes={bytes} />
        </span>
        {whyNot === undefined ? (
          <a href={`/api/evidence/${id}`} download>
            {t("download")}
          </a>
        ) : (
          <span className="text-muted">{t("notGiven", { why: whyNot })}</span>
        )}
      </p>
      <FileHash hash={`sha256:${sha256}`} />
    </div>
  ));
}

type LeadEvidence = NonNullable<ConsentView["events"][number]["lead"]>;

/** Shows who collected a bought consent, and its third-party certificate. */
function LeadProof({
  lead: { leadSeller, trustedForm, leadId, retained },
}: {
  lead: LeadEvidence;
}) {
  const t = useTranslations("consent");
  const isCertified = trustedForm !== undefined || leadId !== undefined;
  return (
    <ul className="grid gap-0.5 text-sm wrap-anywhere">
      {leadSeller && <li>{t("leadSeller", { name: leadSeller })}</li>}
      {trustedForm && (
        <li>
          <a href={trustedForm} rel="noreferrer">
            {t("trustedForm")}
          </a>
        </li>
      )}
      {leadId && <li>{t("leadId", { id: leadId })}</li>}
      {retained && <li>{t("retained", { reference: retained })}</li>}
      {isCertified && !retained && <li className="text-muted">{t("unclaimed")}</li>}
    </ul>
  );
}

/** Banner with the elements that a consent from older records lacks; nothing if it lacks none. */
function MissingElementsBanner({ standing }: { standing: readonly PurposeStanding[] }) {
  const t = useTranslations("consent");
  const elements = useTranslations("elements");
  const format = useFormatter();
  const missing = [...new Set(standing.flatMap(({ missing = [] }) => missing))];
  if (missing.length === 0) return null;
  return (
    <Banner tone="care" title={t("lacks")}>
      {t("lacksBody", { missing: format.list(missing.map((element) => elements(element))) })}
    </Banner>
  );
}

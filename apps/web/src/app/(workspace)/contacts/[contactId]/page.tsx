import { may } from "@ringfence/core/platform/access";
import { ContactId } from "@ringfence/core/ids";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Locale } from "@ringfence/core/platform/message";
import { CalledParty, Phone } from "@ringfence/core/people/phone";
import type { readContact } from "@ringfence/services/desk/contact";
import { useLocale, useTranslations } from "next-intl";
import { DetailPage } from "@/components/detail-page";
import { ChosenByPerson } from "@/components/call-preferences";
import { Columns, type Fact, Facts, Section } from "@/components/page-layout";
import { OffersForPerson } from "@/features/audience/offer/match/offers-for-person";
import { env } from "@/env";
import { ErasePerson } from "@/features/desk/erasure/erasure-forms";
import { AccessReportSection } from "@/features/desk/access-report/access-report-section";
import { HoldSection } from "@/features/desk/legal-hold/hold-section";
import { RestrictionSection } from "@/features/desk/restriction/restriction-section";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { safePath } from "@/server/safe-path";
import { LocalTime } from "@/components/dates";
import { languageName } from "@/i18n/language-name";
import { placeName } from "@/i18n/place-name";
import { formatZone } from "@/i18n/format-time";
import { StandingWord } from "@/features/desk/contact/standing-word";
import { CodeLetter, SpokenCode } from "@/components/hand-out-code";
import { CopyButton, PrintButton } from "@/components/client-buttons";
import { LineFacts } from "@/components/line-facts";
import { OfflineLinks } from "@/components/offline-links";
import { PhoneLink } from "@/components/people";
import { PrintedBy } from "@/components/printed-by";

type ContactPageProps = PageProps<"/contacts/[contactId]">;

/** The title leaves out the name, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contact");
  return { title: t("title") };
}

export default async function ContactPage({ params }: ContactPageProps) {
  const member = await requireMember("contact.read");
  const [t, print, contact] = await Promise.all([
    getTranslations("contact"),
    getTranslations("printed"),
    loadContact(await params),
  ]);
  const { name, externalId, phones, attributes } = contact;
  return (
    <DetailPage
      title={name ?? externalId ?? t("title")}
      note={t("note")}
      actions={<PrintButton>{print("print")}</PrintButton>}
    >
      <PrintedBy member={member} />
      <Columns>
        <Section title={t("facts")}>
          <ContactFacts contact={contact} />
        </Section>
        <Section title={t("phones")} aside={t("phonesNote")}>
          <ContactPhones
            phones={phones.map((phone) => ({ ...phone, stopAddress: toStopAddress(phone) }))}
            mayRecordConsents={may(toActor(member), "consent.record")}
            whyNoLinks={await whyNot(member, "opt-out.record")}
          />
        </Section>
      </Columns>
      <OwnRecordCodes
        contact={contact}
        organization={member.organizationName}
        whyNot={await whyNot(member, "person-code.hand-out")}
        whyNoLetter={await whyNot(member, "person-code.print")}
      />
      <ChosenByPerson preferences={contact.preferences} />
      <Section title={t("attributes")}>
        <ContactAttributes attributes={attributes} />
      </Section>
      {(contact.erasedAt === null || contact.restrictions.length > 0) && (
        <RestrictionSection
          contactId={ContactId.parse(contact.id)}
          restrictions={contact.restrictions}
          whyNot={await whyNot(member, "restriction.change")}
        />
      )}
      {may(toActor(member), "audit.read") && (
        <p className="mt-4">
          <Link href={safePath(`/audit?contact=${contact.id}`)}>{t("trail")}</Link>
        </p>
      )}
      {contact.erasedAt === null && (
        <AccessReportSection
          contactId={ContactId.parse(contact.id)}
          language={Locale.safeParse(contact.locale?.slice(0, 2)).data ?? member.locale}
          whyNot={await whyNot(member, "access-report.make")}
        />
      )}
      {contact.erasedAt === null && (
        <OffersForPerson
          matched={await api.offer.match({ contactId: ContactId.parse(contact.id) })}
        />
      )}
      {contact.erasedAt === null && may(toActor(member), "legal-hold.place") && (
        <HoldSection
          on={{ scope: "contact", contactId: ContactId.parse(contact.id) }}
          whyNot={undefined}
        />
      )}
      {contact.erasedAt === null && (
        <ErasePerson
          person={{ contactId: ContactId.parse(contact.id) }}
          whyNot={await whyNot(member, "person.erase")}
        />
      )}
    </DetailPage>
  );
}

const toStopAddress = ({ stopLink }: { stopLink: string | null }) =>
  stopLink && `${env().PUBLIC_URL}/s/${stopLink}`;

function loadContact({ contactId }: Awaited<ContactPageProps["params"]>) {
  const id = ContactId.safeParse(contactId);
  return id.success ? loadOrNotFound(api.contact.read({ contactId: id.data })) : notFound();
}

type Contact = Awaited<ReturnType<typeof readContact>>;

/** Facts about a contact. Unknown ones are left out. */
function ContactFacts({ contact }: { contact: Contact }) {
  const t = useTranslations("contacts");
  const own = useTranslations("contact");
  const locale = useLocale();
  const { addressRegion, calledParty, createdAt, email, externalId, standing, updatedAt } = contact;
  const party = CalledParty.safeParse(calledParty);
  const known: readonly (Fact | false)[] = [
    {
      name: t("standing"),
      value: <StandingWord standing={standing} />,
      notes: [own("standingNote")],
    },
    externalId !== null && {
      name: t("externalId"),
      value: <span className="font-mono break-all">{externalId}</span>,
    },
    email !== null && { name: own("email"), value: <span className="break-all">{email}</span> },
    addressRegion !== null && { name: t("region"), value: placeName(locale, addressRegion) },
    contact.zone !== null && { name: t("zone"), value: formatZone(contact.zone) },
    contact.locale !== null && {
      name: own("language"),
      value: languageName(locale, contact.locale),
    },
    party.success && { name: t("party"), value: t(`parties.${party.data}`) },
    { name: own("added"), value: <LocalTime instant={createdAt} /> },
    { name: own("changed"), value: <LocalTime instant={updatedAt} /> },
  ];
  return <Facts facts={known.filter((fact) => fact !== false)} />;
}

type ContactPhonesProps = {
  /** `stopAddress` is the page where the person opts this phone out. */
  phones: readonly (Contact["phones"][number] & { stopAddress: string | null })[];
  /** Why the member gets no stop links. */
  whyNoLinks: string | undefined;
  mayRecordConsents: boolean;
};

/** Lists the phones of a contact with their stop links. An opt-out by one phone covers all. */
function ContactPhones({ phones, whyNoLinks, mayRecordConsents }: ContactPhonesProps) {
  const t = useTranslations("contact");
  if (phones.length === 0) return <p className="pt-2.5 text-muted">{t("noPhones")}</p>;
  return (
    <>
      <ul>
        {phones.map(({ id, e164, line, stopAddress }) => (
          <li key={id} className="grid gap-1 border-b border-line py-2">
            <span className="font-medium">
              {e164 ? <PhoneLink phoneId={id} phone={e164} /> : t("erased")}
            </span>
            {e164 && <LineFacts line={line} phone={Phone.parse(e164)} />}
            {e164 && mayRecordConsents && <OfflineLinks subject={{ phoneId: id }} hasConsents />}
            {stopAddress && (
              <span className="flex flex-wrap items-center gap-2 text-sm">
                <span className="text-muted">{t("stopLink")}</span>
                <span className="font-mono break-all">{stopAddress}</span>
                <CopyButton text={stopAddress} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="max-w-[38rem] pt-2 text-sm text-pretty text-muted">
        {whyNoLinks === undefined ? t("stopLinkBody") : t("stopLinkNot", { why: whyNoLinks })}
      </p>
    </>
  );
}

type OwnRecordCodesProps = {
  contact: Contact;
  organization: string;
  /** Why the member may not issue a code, or not a letter. */
  whyNot: string | undefined;
  whyNoLetter: string | undefined;
};

/** Issues codes that open the person's own record, and lists the latest ones. */
function OwnRecordCodes({ contact, organization, whyNot, whyNoLetter }: OwnRecordCodesProps) {
  const t = useTranslations("handOutCode");
  const known = contact.phones.flatMap(({ id, e164 }) => (e164 === null ? [] : { id, e164 }));
  if (known.length === 0) return null;
  return (
    <Section title={t("title")}>
      <p className="max-w-[38rem] pt-2.5 text-muted">{t("note")}</p>
      <ul>
        {known.map(({ id, e164 }) => (
          <li key={id} className="grid gap-2 border-b border-line py-2">
            <PhoneLink phoneId={id} phone={e164} />
            <div className="flex flex-wrap gap-4">
              <SpokenCode phoneId={id} whyNot={whyNot} />
              <CodeLetter
                phoneId={id}
                whyNot={whyNoLetter}
                organization={organization}
                name={contact.name}
              />
            </div>
          </li>
        ))}
      </ul>
      {contact.handedOut.length > 0 && (
        <ul className="pt-2">
          {contact.handedOut.map(({ id, means, at, by, openedAt }) => (
            <li key={id}>
              <LocalTime instant={at} />: {t(`handedOut.${means}`, { by: by?.name ?? "" })}{" "}
              {openedAt === null ? (
                t("notOpened")
              ) : (
                <>
                  {t("openedAt")} <LocalTime instant={openedAt} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Shows the contact's attributes. */
function ContactAttributes({ attributes }: Pick<Contact, "attributes">) {
  const t = useTranslations("contact");
  const entries = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return <p className="pt-2.5 text-muted">{t("noAttributes")}</p>;
  const word = (value: Contact["attributes"][string]) =>
    typeof value === "boolean" ? t(value ? "yes" : "no") : String(value ?? "");
  return (
    <Facts
      facts={entries.map(([name, value]) => ({
        name,
        value: <span className="break-words">{word(value)}</span>,
      }))}
    />
  );
}

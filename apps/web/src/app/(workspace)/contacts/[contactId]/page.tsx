import { may } from "@ringfence/core/platform/access";
import { ContactId } from "@ringfence/core/ids";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Columns, Section } from "@/components/page-layout";
import {
  ContactAttributes,
  ContactFacts,
  ContactPhones,
} from "@/features/people/contact/detail/contact-facts";
import { OffersForPerson } from "@/features/audience/offer/match/offers-for-person";
import { env } from "@/env";
import { ErasePerson } from "@/features/desk/erasure/erasure-forms";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

type ContactPageProps = PageProps<"/contacts/[contactId]">;

/** The title leaves out the name, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contact");
  return { title: t("title") };
}

export default async function ContactPage({ params }: ContactPageProps) {
  const member = await requireMember("contact.read");
  const [t, contact] = await Promise.all([getTranslations("contact"), loadContact(await params)]);
  const { name, externalId, phones, attributes } = contact;
  return (
    <DetailPage title={name ?? externalId ?? t("title")} note={t("note")}>
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
      <Section title={t("attributes")}>
        <ContactAttributes attributes={attributes} />
      </Section>
      {contact.erasedAt === null && (
        <OffersForPerson
          matched={await api.offer.match({ contactId: ContactId.parse(contact.id) })}
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

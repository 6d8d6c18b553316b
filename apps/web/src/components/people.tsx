import { useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import { groupPhone } from "@/i18n/group-phone";

type Named = { name: string | null; externalId: string | null };

/** Name of a contact, or else their id in the organization's own systems. */
export function PersonName({ name, externalId }: Named) {
  const t = useTranslations("contacts");
  return name ?? externalId ?? t("unnamed");
}

type PersonLinkProps<To extends string> = { href: Route<To>; person: Named };

/** Link to a contact. It is not prefetched, because opening the page is audited. */
export const PersonLink = <To extends string>({
  href,
  person: { name, externalId },
}: PersonLinkProps<To>) => (
  <Link href={href} prefetch={false}>
    <PersonName name={name} externalId={externalId} />
  </Link>
);

/** Shows an E.164 number grouped as in its country, on one line. */
export const PhoneText = ({ phone }: { phone: string }) => (
  <span className="whitespace-nowrap">{groupPhone(phone)}</span>
);

type PhoneLinkProps = { phoneId: string; phone: string };

/** Link to the page of a phone on record. It is not prefetched, because opening the page is audited. */
export const PhoneLink = ({ phoneId, phone }: PhoneLinkProps) => (
  <Link href={`/numbers/${phoneId}`} prefetch={false}>
    <PhoneText phone={phone} />
  </Link>
);

type RecordedPhoneProps = { phoneId: string | null; phone: string | null };

/** Link to the phone that a record names, or words for one that is no number or was erased. */
export function RecordedPhone({ phoneId, phone }: RecordedPhoneProps) {
  const t = useTranslations("contacts");
  if (phoneId === null) return t("noNumber");
  return phone === null ? t("erasedNumber") : <PhoneLink phoneId={phoneId} phone={phone} />;
}

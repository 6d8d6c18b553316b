import { CalledParty, Phone } from "@ringfence/core/people/phone";
import type { readContact } from "@ringfence/services/desk/contact";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { regionName } from "../region-name";
import { StandingWord } from "../list/contact-table";
import { CopyButton } from "@/components/client-buttons";
import { LineFacts } from "@/components/line-facts";
import { OfflineLinks } from "@/components/offline-links";
import { PhoneLink } from "@/components/people";

type Contact = Awaited<ReturnType<typeof readContact>>;

/** Facts about a contact. Unknown ones are left out. */
export function ContactFacts({ contact }: { contact: Contact }) {
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
    addressRegion !== null && { name: t("region"), value: regionName(locale, addressRegion) },
    contact.zone !== null && { name: t("zone"), value: contact.zone.replaceAll("_", " ") },
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

const languageName = (locale: string, tag: string) =>
  new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;

type ContactPhonesProps = {
  /** `stopAddress` is the page where the person opts this phone out. */
  phones: readonly (Contact["phones"][number] & { stopAddress: string | null })[];
  /** Why the member gets no stop links. */
  whyNoLinks: string | undefined;
  mayRecordConsents: boolean;
};

/** Lists the phones of a contact with their stop links. An opt-out by one phone covers all. */
export function ContactPhones({ phones, whyNoLinks, mayRecordConsents }: ContactPhonesProps) {
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

/** Shows the contact's attributes. */
export function ContactAttributes({ attributes }: Pick<Contact, "attributes">) {
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

import { CalledParty } from "@ringfence/core/people/phone";
import type { readContact } from "@ringfence/services/people/contact";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { regionName } from "./region-name";
import { StandingWord } from "./standing-word";

export type Contact = Awaited<ReturnType<typeof readContact>>;

/** What is known of a person; what nobody told us is not listed. */
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

import type { ContactStanding, listContacts } from "@ringfence/services/desk/contact";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Upload } from "lucide-react";
import { LocalTime } from "@/components/dates";
import { PersonLink, PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { regionName } from "../region-name";
import { Button, ButtonLink } from "@/components/buttons";
import { Badge } from "@/components/badge";

type Contact = Awaited<ReturnType<typeof listContacts>>["items"][number];

/** Table of contacts with their standing and region. */
export function ContactTable({ contacts }: { contacts: readonly Contact[] }) {
  const t = useTranslations("contacts");
  const columns = useColumns();
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={contacts}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(): [Column<Contact>, ...Column<Contact>[]] {
  const t = useTranslations("contacts");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "name",
      head: t("name"),
      cell: (person) => <PersonLink href={`/contacts/${person.id}`} person={person} />,
    },
    {
      key: "phones",
      head: t("phones"),
      narrow: "full",
      cell: ({ phones }) => <Phones phones={phones} />,
    },
    {
      key: "standing",
      head: t("standing"),
      narrow: "full",
      cell: ({ standing }) => <StandingWord standing={standing} />,
    },
    {
      key: "place",
      head: t("place"),
      narrow: "full",
      cell: (contact) => <LivesIn {...contact} />,
    },
    {
      key: "externalId",
      head: t("externalId"),
      narrow: t("externalId"),
      cell: ({ externalId }) => <span className="font-mono break-all">{externalId}</span>,
    },
    {
      key: "added",
      head: t("added", { zone }),
      narrow: t("added", { zone }),
      isFigure: true,
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
  ];
}

function LivesIn({ addressRegion, zone }: Pick<Contact, "addressRegion" | "zone">) {
  const locale = useLocale();
  return (
    <>
      {addressRegion && regionName(locale, addressRegion)}
      {zone && <span className="block text-muted">{zone.replaceAll("_", " ")}</span>}
    </>
  );
}

function Phones({ phones }: { phones: Contact["phones"] }) {
  const t = useTranslations("contacts");
  if (phones.length === 0) return <span className="text-muted">{t("noPhone")}</span>;
  return (
    <ul>
      {phones.map(({ id, e164 }) => (
        <li key={id}>{e164 ? <PhoneLink phoneId={id} phone={e164} /> : t("erased")}</li>
      ))}
    </ul>
  );
}

/** Link to an import of contacts, or the reason why there is none. */
export function ImportContactsLink({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("contacts");
  return whyNot === undefined ? (
    <ButtonLink href="/imports/new?kind=contacts" look="primary" icon={Upload}>
      {t("import")}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{t("import")}</Button>
  );
}

/** Shows a contact's standing in a word. */
export function StandingWord({ standing }: { standing: ContactStanding | null }) {
  const t = useTranslations("contacts");
  if (standing === null) return <span className="text-sm text-muted">{t("nothingSaid")}</span>;
  return <Badge status={standing} />;
}

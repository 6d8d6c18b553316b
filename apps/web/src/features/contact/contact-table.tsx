import type { listContacts } from "@ringfence/services/contact";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { regionName } from "./region-name";
import { StandingWord } from "./standing-word";

type Contact = Awaited<ReturnType<typeof listContacts>>["items"][number];

export function ContactTable({ contacts }: { contacts: readonly Contact[] }) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const zone = zoneLabel(locale, useTimeZone() ?? "UTC", useNow());
  const columns: [Column<Contact>, ...Column<Contact>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name, externalId }) => (
        <Link href={`/contacts/${id}`}>{name ?? externalId ?? t("unnamed")}</Link>
      ),
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
      cell: ({ addressRegion, zone }) => (
        <>
          {addressRegion && regionName(locale, addressRegion)}
          {zone && <span className="block text-muted">{zone.replaceAll("_", " ")}</span>}
        </>
      ),
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

function Phones({ phones }: { phones: Contact["phones"] }) {
  const t = useTranslations("contacts");
  if (phones.length === 0) return <span className="text-muted">{t("noPhone")}</span>;
  return (
    <ul>
      {phones.map(({ id, e164 }) => (
        <li key={id}>{e164 ? <PhoneText phone={e164} /> : t("erased")}</li>
      ))}
    </ul>
  );
}

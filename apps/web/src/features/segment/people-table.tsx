import type { PersonShown } from "@ringfence/services/segment";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { PhoneText } from "@/components/phone-text";
import { type Column, Table } from "@/components/table";

type PeopleTableProps = { people: readonly PersonShown[]; hrefOf: (person: PersonShown) => Route };

/** People of a step; each opens why. */
export function PeopleTable({ people, hrefOf }: PeopleTableProps) {
  const t = useTranslations("segmentPeople");
  const columns: [Column<PersonShown>, ...Column<PersonShown>[]] = [
    {
      key: "name",
      head: t("person"),
      cell: (person) => (
        // To fetch it ahead would put on record that it was looked at.
        <Link href={hrefOf(person)} prefetch={false}>
          {person.name ?? person.externalId ?? t("unnamed")}
        </Link>
      ),
    },
    {
      key: "phones",
      head: t("phones"),
      narrow: "full",
      cell: ({ phones }) => <PhonesShown phones={phones} />,
    },
    {
      key: "externalId",
      head: t("externalId"),
      narrow: t("externalId"),
      cell: ({ externalId }) => <span className="font-mono break-all">{externalId}</span>,
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={people} rowKey={({ id }) => id} />
  );
}

function PhonesShown({ phones }: Pick<PersonShown, "phones">) {
  const t = useTranslations("segmentPeople");
  if (phones.length === 0) return <span className="text-muted">{t("noPhone")}</span>;
  return (
    <ul>
      {phones.map(({ id, number }) => (
        <li key={id}>{number === null ? t("erased") : <PhoneText phone={number} />}</li>
      ))}
    </ul>
  );
}

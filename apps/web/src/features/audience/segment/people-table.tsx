import type { PersonShown } from "@ringfence/services/audience/segment";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { PersonLink } from "@/components/person-link";
import { type Column, Table } from "@/components/table";
import { PhonesShown } from "./phones-shown";

type PeopleTableProps = { people: readonly PersonShown[]; hrefOf: (person: PersonShown) => Route };

/** People of a step; each opens why. */
export function PeopleTable({ people, hrefOf }: PeopleTableProps) {
  const t = useTranslations("segmentPeople");
  const columns: [Column<PersonShown>, ...Column<PersonShown>[]] = [
    {
      key: "name",
      head: t("person"),
      cell: (person) => <PersonLink href={hrefOf(person)} person={person} />,
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

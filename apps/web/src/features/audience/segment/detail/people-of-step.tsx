import type { SegmentId } from "@ringfence/core/ids";
import type { EndStep } from "@ringfence/core/audience/segment";
import { getTranslations } from "next-intl/server";
import { Empty, Section } from "@/components/page-layout";
import { Pager } from "@/components/pager";
import { toPagerLinks } from "@/server/list-query";
import { api } from "@/server/caller";
import { personPath, segmentPath } from "../segment-query";
import type { PersonView } from "@ringfence/services/audience/segment";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { PersonLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { PhoneList } from "../waterfall-table";
import { ReasonedDownload } from "@/components/dialogs";

type PeopleOfStepProps = {
  which: { segmentId: SegmentId; seller: string; purpose: string };
  place: EndStep;
  trail: string[];
};

/** Lists the people who ended at a step in the last screening of a segment, page by page. */
export async function PeopleOfStep({ which, place, trail }: PeopleOfStepProps) {
  const after = Number(trail.at(-1) ?? 0);
  const [t, waterfall, { items, next }] = await Promise.all([
    getTranslations("segmentPeople"),
    getTranslations("waterfall"),
    api.segment.people({ ...which, place, after: Number.isInteger(after) ? after : 0 }),
  ]);
  const name = place === "callable" ? waterfall("callable") : waterfall(`steps.${place}`);
  const steps = toPagerLinks(trail, next === null ? null : String(next), (after) =>
    segmentPath(which, { place, after }),
  );
  return (
    <div id="people">
      <Section title={t("title", { name })} aside={t("note")}>
        {items.length === 0 ? (
          <Empty title={t("nobody")} />
        ) : (
          <>
            <PeopleTable people={items} toHref={({ id }) => personPath(which, id)} />
            <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
          </>
        )}
      </Section>
    </div>
  );
}

type PeopleTableProps = { people: readonly PersonView[]; toHref: (person: PersonView) => Route };

/** Table of the people of a step. Each row links to the explanation. */
function PeopleTable({ people, toHref }: PeopleTableProps) {
  const t = useTranslations("segmentPeople");
  const columns: [Column<PersonView>, ...Column<PersonView>[]] = [
    {
      key: "name",
      head: t("person"),
      cell: (person) => <PersonLink href={toHref(person)} person={person} />,
    },
    {
      key: "phones",
      head: t("phones"),
      narrow: "full",
      cell: ({ phones }) => <PhoneList phones={phones} />,
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

type ExportPeopleProps = { segmentId: SegmentId; whyNot: string | undefined };

/** Downloads the numbers of a segment, for a reason that goes on record, or says who may. */
export function ExportPeople({ segmentId, whyNot }: ExportPeopleProps) {
  const t = useTranslations("segmentPeople");
  return (
    <ReasonedDownload
      action={`/api/segments/${segmentId}/people.csv`}
      words={{
        open: t("export"),
        title: t("exportTitle"),
        body: t("exportBody"),
        reason: t("reason"),
        reasonHint: t("reasonHint"),
      }}
      whyNot={whyNot}
    />
  );
}

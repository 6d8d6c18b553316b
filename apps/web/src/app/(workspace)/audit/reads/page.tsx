import { isAction } from "@ringfence/core/platform/access";
import { ListReads } from "@ringfence/core/platform/audit";
import type { AuditActorView, PersonRead } from "@ringfence/services/desk/audit-log";
import type { Metadata } from "next";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { ExportList } from "@/components/export-list";
import { FilterChoice } from "@/components/filter-choice";
import { FilterDays } from "@/components/filter-days";
import { Filters } from "@/components/filters";
import { ListPage, ListRows } from "@/components/list-page";
import { LocalTime } from "@/components/dates";
import { PersonLink, PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { useActorName } from "@/features/desk/audit-log/actor-name";
import { formatActor } from "@/features/desk/audit-log/audit-query";
import { auditQuery } from "@/server/lists/queries";
import { loadReadsQuery, readsFilePath, readsQuery } from "@/features/desk/audit-log/reads-query";
import { zoneLabel } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reads");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof loadReadsQuery>>;

export default async function ReadsPage({ searchParams }: PageProps<"/audit/reads">) {
  const { zone } = await requireMember("audit.read");
  const look = await loadReadsQuery(searchParams, zone, new Date());
  const actors = await api.audit.actors();
  const readers = actors.filter(({ type }) => type !== "job");
  const t = await getTranslations("reads");
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      filters={<ReadsFilterBar look={look} readers={readers} />}
    >
      {look.reader === null ? <p className="py-6">{t("choose")}</p> : <Reads look={look} />}
    </ListPage>
  );
}

type ReadsFilterBarProps = { look: Look; readers: readonly AuditActorView[] };

function ReadsFilterBar({ look: { filters, reader }, readers }: ReadsFilterBarProps) {
  const t = useTranslations("reads");
  const nameActor = useActorName();
  return (
    <Filters
      label={t("filters")}
      aside={reader && <ExportList action={readsFilePath(filters)}>{t("csv")}</ExportList>}
    >
      <FilterChoice
        param="who"
        label={t("reader")}
        any={t("nobody")}
        choices={readers.map((actor) => ({ value: formatActor(actor), label: nameActor(actor) }))}
      />
      <FilterDays from={filters.from} to={filters.to} />
    </Filters>
  );
}

/** Lists the people whose data the chosen reader saw, and counts the lists and files that the reader opened. */
async function Reads({ look }: { look: Look }) {
  const { reader, filters, span } = look;
  const { from, until } = span;
  if (reader === null || from === undefined || until === undefined) return null;
  const after = ListReads.shape.after.safeParse(look.after.at(-1)).data;
  const { people, next, counts } = await api.audit.reads({ actor: reader, from, until, after });
  const t = await getTranslations("reads");
  return (
    <>
      <p className="max-w-[46rem] py-2">
        {t("counts", counts)}{" "}
        <Link href={auditQuery.toPath({ ...filters, kind: "access" })}>{t("entries")}</Link>
      </p>
      <ListRows
        isEmpty={people.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        nothingFound={false}
        pager={{
          label: t("pages"),
          shown: t("shown", { count: people.length }),
          ...readsQuery.toSteps(look, next),
        }}
      >
        <PeopleTable people={people} />
      </ListRows>
    </>
  );
}

function PeopleTable({ people }: { people: readonly PersonRead[] }) {
  const t = useTranslations("reads");
  const words = useTranslations("audit.actions");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<PersonRead>, ...Column<PersonRead>[]] = [
    { key: "whose", head: t("whose"), cell: (person) => <PersonCell person={person} /> },
    { key: "times", head: t("times"), narrow: t("times"), cell: ({ times }) => times },
    {
      key: "last",
      head: t("last", { zone }),
      narrow: t("last", { zone }),
      cell: ({ last }) => <LocalTime instant={last} precision="cell" />,
    },
    {
      key: "first",
      head: t("first", { zone }),
      narrow: t("first", { zone }),
      cell: ({ first }) => <LocalTime instant={first} precision="cell" />,
    },
    {
      key: "what",
      head: t("what"),
      narrow: "full",
      cell: ({ actions }) =>
        actions.map((action) => (isAction(action) ? words(action) : action)).join(", "),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={people}
      rowKey={({ phoneId, contactId }) => `${phoneId} ${contactId}`}
    />
  );
}

/** Links to the number, or to the contact. */
function PersonCell({ person: { phoneId, number, contactId, name } }: { person: PersonRead }) {
  const t = useTranslations("reads");
  if (phoneId !== null && number !== null) return <PhoneLink phoneId={phoneId} phone={number} />;
  if (contactId === null) return t("erased");
  return <PersonLink href={`/contacts/${contactId}`} person={{ name, externalId: null }} />;
}

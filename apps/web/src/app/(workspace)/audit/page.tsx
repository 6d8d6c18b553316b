import { AuditKindFilter } from "@ringfence/core/platform/audit";
import { AuditEntryId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { actions, isAction } from "@ringfence/core/platform/access";
import type { AuditActorView, AuditView } from "@ringfence/services/desk/audit-log";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-choice";
import { FilterDays } from "@/components/filter-days";
import { Filters, SealedSearch } from "@/components/filters";
import { EntryDetails } from "@/features/desk/audit-log/entry-details";
import {
  type AuditFilters,
  auditFilePath,
  formatActor,
  loadAuditQuery,
  toCriteria,
} from "@/features/desk/audit-log/audit-query";
import { useActorName } from "@/features/desk/audit-log/actor-name";
import { api } from "@/server/caller";
import { auditQuery } from "@/server/lists/queries";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember } from "@/server/current-member";
import { isAnyChosen } from "@/server/list-query";
import { openSearch, sealSearch } from "@/server/sealed-search";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { RecordedBy } from "@/components/officers";
import { zoneLabel } from "@/i18n/format-time";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

async function findEntries(given: FormData) {
  "use server";
  await requireMember("audit.read");
  const { filters } = await loadAuditQuery(toSearchParams(given));
  redirect(auditQuery.toPath({ ...filters, find: await sealSearch(given) }));
}

/** The other filters that the search sends along, as in an address. */
function toSearchParams(given: FormData) {
  const params = new URLSearchParams();
  for (const [name, value] of given) if (typeof value === "string") params.set(name, value);
  return params;
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const { zone } = await requireMember("audit.read");
  const look = await loadAuditQuery(searchParams);
  const { find, ...filters } = look.filters;
  const { search, isOver } = await openSearch(find);
  const [t, actors, { items, next }] = await Promise.all([
    getTranslations("audit"),
    api.audit.actors(),
    api.audit.list({
      ...toCriteria(look.filters, search, zone),
      after: AuditEntryId.safeParse(look.after.at(-1)).data,
    }),
  ]);
  const isFiltered = search !== null || isAnyChosen(filters);
  const steps = auditQuery.toSteps(look, next);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={<Link href="/audit/reads">{t("reads")}</Link>}
      searchFault={isOver && t("searchOver")}
      filters={<AuditFilterBar filters={look.filters} search={search} actors={actors} />}
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <AuditTable entries={items} />
      </ListRows>
    </ListPage>
  );
}

type AuditFilterBarProps = {
  filters: AuditFilters;
  search: string | null;
  actors: readonly AuditActorView[];
};

/** Filters of the trail, and the files of what they find. */
function AuditFilterBar({ filters, search, actors }: AuditFilterBarProps) {
  const t = useTranslations("audit");
  const words = useTranslations("audit.actions");
  const nameActor = useActorName();
  const { find: _, ...kept } = filters;
  return (
    <Filters
      label={t("filters")}
      aside={
        <span className="flex flex-wrap gap-2">
          <ExportList action={auditFilePath("csv", filters)}>{t("csv")}</ExportList>
          <ExportList action={auditFilePath("ndjson", filters)}>{t("ndjson")}</ExportList>
        </span>
      }
    >
      <SealedSearch label={t("search")} value={search} action={findEntries} kept={kept} />
      <FilterChoice
        param="kind"
        label={t("kind")}
        any={t("anyKind")}
        choices={AuditKindFilter.options.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <FilterChoice
        param="action"
        label={t("did")}
        any={t("anyAction")}
        choices={actions.map((value) => ({ value, label: words(value) }))}
      />
      <FilterChoice
        param="who"
        label={t("who")}
        any={t("anybody")}
        choices={actors.map((actor) => ({ value: formatActor(actor), label: nameActor(actor) }))}
      />
      <FilterDays from={filters.from} to={filters.to} />
      {(filters.phone ?? filters.contact) && (
        <p className="text-sm text-muted">
          {t("onePerson")}{" "}
          <Link href={auditQuery.toPath({ ...filters, phone: null, contact: null })}>
            {t("everybody")}
          </Link>
        </p>
      )}
      <SavedViews list="audit" filters={auditQuery.write(filters)} />
    </Filters>
  );
}

/** Table of audit entries. */
function AuditTable({ entries }: { entries: readonly AuditView[] }) {
  const t = useTranslations("audit");
  const words = useTranslations("audit.actions");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<AuditView>, ...Column<AuditView>[]] = [
    {
      key: "did",
      head: t("did"),
      cell: ({ action }) => (isAction(action) ? words(action) : action),
    },
    { key: "who", head: t("who"), narrow: t("who"), cell: ({ by }) => <RecordedBy by={by} /> },
    {
      key: "at",
      head: t("at", { zone }),
      narrow: t("at", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "whose",
      head: t("whose"),
      narrow: t("whose"),
      cell: ({ phone }) =>
        phone &&
        (phone.number ? <PhoneLink phoneId={phone.phoneId} phone={phone.number} /> : t("erased")),
    },
    {
      key: "details",
      head: t("details"),
      narrow: "full",
      cell: (entry) => <EntryDetails entry={entry} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
    />
  );
}

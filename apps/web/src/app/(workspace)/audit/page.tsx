import { AuditKind } from "@ringfence/core/platform/audit";
import { AuditEntryId, MemberId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isAction } from "@ringfence/core/platform/access";
import type { AuditView } from "@ringfence/services/desk/audit-log";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-choice";
import { Filters, SealedSearch } from "@/components/filters";
import { EntryDetails } from "@/features/desk/audit-log/entry-details";
import { auditCsvPath, auditQuery, loadAuditQuery } from "@/features/desk/audit-log/audit-query";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
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
  const kind = AuditKind.safeParse(given.get("kind")).data ?? null;
  const who = MemberId.safeParse(given.get("who")).data ?? null;
  redirect(auditQuery.toPath({ find: await sealSearch(given), kind, who }));
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  await requireMember("audit.read");
  const look = await loadAuditQuery(searchParams);
  const { find, kind, who } = look.filters;
  const { search, isOver } = await openSearch(find);
  const criteria = {
    search: search ?? undefined,
    kind: kind ?? undefined,
    memberId: who ?? undefined,
  };
  const [t, role, members, { items, next }] = await Promise.all([
    getTranslations("audit"),
    getTranslations("role"),
    api.member.list(),
    api.audit.list({ ...criteria, after: AuditEntryId.safeParse(look.after.at(-1)).data }),
  ]);
  const isFiltered = search !== null || kind !== null || who !== null;
  const steps = auditQuery.toSteps(look, next);
  const csv = auditCsvPath({ find, kind, who });
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      searchFault={isOver && t("searchOver")}
      filters={
        <Filters label={t("filters")} aside={<ExportList action={csv}>{t("csv")}</ExportList>}>
          <SealedSearch
            label={t("search")}
            value={search}
            action={findEntries}
            kept={{ kind, who }}
          />
          <FilterChoice
            param="kind"
            label={t("kind")}
            any={t("anyKind")}
            choices={AuditKind.options.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <FilterChoice
            param="who"
            label={t("who")}
            any={t("anybody")}
            choices={members.map(({ id, name, role: has, removedAt }) => ({
              value: id,
              label: removedAt
                ? t("removedMember", { name })
                : t("member", { name, role: role(has) }),
            }))}
          />
        </Filters>
      }
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

/** Table of audit entries. */
function AuditTable({ entries }: { entries: readonly AuditView[] }) {
  const t = useTranslations("audit");
  const actions = useTranslations("audit.actions");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<AuditView>, ...Column<AuditView>[]] = [
    {
      key: "did",
      head: t("did"),
      cell: ({ action }) => (isAction(action) ? actions(action) : action),
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

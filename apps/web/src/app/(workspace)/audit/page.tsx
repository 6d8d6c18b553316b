import { AuditKind } from "@ringfence/core/platform/audit";
import { AuditEntryId, MemberId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { auditCsvPath, auditQuery, loadAuditQuery } from "@/features/proof/audit/audit-query";
import { AuditTable } from "@/features/proof/audit/audit-table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { openSearch, sealSearch } from "@/server/sealed-search";

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
  const asked = {
    search: search ?? undefined,
    kind: kind ?? undefined,
    memberId: who ?? undefined,
  };
  const [t, role, members, { items, next }] = await Promise.all([
    getTranslations("audit"),
    getTranslations("role"),
    api.member.list(),
    api.audit.list({ ...asked, after: AuditEntryId.safeParse(look.after.at(-1)).data }),
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
        empty={{
          title: t(isFiltered ? "nothingFound" : "empty"),
          body: t(isFiltered ? "nothingFoundBody" : "emptyBody"),
        }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <AuditTable entries={items} />
      </ListRows>
    </ListPage>
  );
}

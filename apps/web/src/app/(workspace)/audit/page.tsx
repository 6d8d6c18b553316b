import { AuditKind } from "@ringfence/core/platform/audit";
import { AuditEntryId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { ExportList } from "@/components/export-list";
import { Empty, PageHead } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { Pager, toPagerLinks } from "@/components/pager";
import { auditCsvPath, auditPath, loadAuditQuery } from "@/features/proof/audit/audit-query";
import { AuditTable } from "@/features/proof/audit/audit-table";
import { findEntries } from "@/features/proof/audit/find-entries";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { openSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  await requireMember("audit.read");
  const { find, kind, who, after } = await loadAuditQuery(searchParams);
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
    api.audit.list({ ...asked, after: AuditEntryId.safeParse(after.at(-1)).data }),
  ]);
  const isFiltered = search !== null || kind !== null || who !== null;
  const steps = toPagerLinks(after, next, (trail) => auditPath({ find, kind, who, after: trail }));
  const csv = auditCsvPath({ find, kind, who });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {isOver && <Banner title={t("searchOver")} />}
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
      {items.length === 0 ? (
        <Empty title={t(isFiltered ? "nothingFound" : "empty")}>
          {t(isFiltered ? "nothingFoundBody" : "emptyBody")}
        </Empty>
      ) : (
        <>
          <AuditTable entries={items} />
          <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
        </>
      )}
    </>
  );
}

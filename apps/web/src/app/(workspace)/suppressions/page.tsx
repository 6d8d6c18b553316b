import { SuppressionId } from "@ringfence/core/ids";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { NewLink, WayLink } from "@/components/buttons";
import { SuppressionTable } from "@/features/do-not-call/suppression/list/table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { openSearch, sealSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("suppressions");
  return { title: t("title") };
}

/** The search text stands sealed in the address. Without `show`, ended suppressions are hidden. */
const query = createListQuery("/suppressions", {
  find: parseAsString,
  reason: parseAsStringLiteral(SuppressionReason.options),
  show: parseAsStringLiteral(["all"]),
});
type Look = Awaited<ReturnType<typeof query.load>>;

async function findSuppressions(given: FormData) {
  "use server";
  await requireMember("suppression.read");
  const reason = SuppressionReason.safeParse(given.get("reason")).data ?? null;
  const show = given.get("show") === "all" ? "all" : null;
  redirect(query.toPath({ find: await sealSearch(given), reason, show }));
}

export default async function SuppressionsPage({ searchParams }: PageProps<"/suppressions">) {
  const member = await requireMember("suppression.read");
  const look = await query.load(searchParams);
  const { search, isOver } = await openSearch(look.filters.find);
  const [t, notImport, notRecord, notEnd] = await Promise.all([
    getTranslations("suppressions"),
    whyNot(member, "import.run-record"),
    whyNot(member, "suppression.record"),
    whyNot(member, "suppression.end"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <WayLink href="/imports/new?kind=suppressions" whyNot={notImport}>
            {t("import")}
          </WayLink>
          <NewLink href="/suppressions/new" whyNot={notRecord}>
            {t("add")}
          </NewLink>
        </>
      }
      searchFault={isOver && t("searchOver")}
      filters={<Narrowed filters={look.filters} search={search} />}
    >
      <Reading>
        <Suppressions look={look} search={search} whyNotEnd={notEnd} />
      </Reading>
    </ListPage>
  );
}

type NarrowedProps = { filters: Look["filters"]; search: string | null };

async function Narrowed({ filters: { reason, show }, search }: NarrowedProps) {
  const [t, reasons] = await Promise.all([
    getTranslations("suppressions"),
    getTranslations("suppressions.reasons"),
  ]);
  const file = new URLSearchParams({ ...(reason && { reason }), ...(show && { show }) });
  return (
    <Filters
      label={t("filters")}
      aside={<ExportList action={`/api/suppressions.csv?${file}`}>{t("csv")}</ExportList>}
    >
      <SealedSearch
        label={t("search")}
        value={search}
        action={findSuppressions}
        kept={{ reason, show }}
      />
      <FilterChoice
        param="reason"
        label={t("reason")}
        any={t("anyReason")}
        choices={SuppressionReason.options.map((value) => ({ value, label: reasons(value) }))}
      />
      <FilterChoice
        param="show"
        label={t("show")}
        any={t("inForce")}
        choices={[{ value: "all", label: t("endedToo") }]}
      />
    </Filters>
  );
}

type SuppressionsProps = { look: Look; search: string | null; whyNotEnd: string | undefined };

async function Suppressions({ look, search, whyNotEnd }: SuppressionsProps) {
  const {
    filters: { reason, show },
    after,
  } = look;
  const [t, { items, next }] = await Promise.all([
    getTranslations("suppressions"),
    api.suppression.list({
      search: search ?? undefined,
      reason: reason ?? undefined,
      ended: show === "all",
      after: SuppressionId.safeParse(after.at(-1)).data,
    }),
  ]);
  const isFiltered = search !== null || reason !== null;
  const steps = query.toSteps(look, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{
        title: t(isFiltered ? "nothingFound" : "empty"),
        body: t(isFiltered ? "nothingFoundBody" : "emptyBody"),
      }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <SuppressionTable suppressions={items} whyNotEnd={whyNotEnd} />
    </ListRows>
  );
}

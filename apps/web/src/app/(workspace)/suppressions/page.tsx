import { SuppressionId } from "@ringfence/core/ids";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { ExportList } from "@/components/export-list";
import { Empty, PageHead, Reading } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { NewLink, WayLink } from "@/components/buttons";
import { Pager, toPagerLinks } from "@/components/pager";
import { submitSearch } from "@/features/do-not-call/suppression/list/submit-search";
import {
  loadSuppressionQuery,
  suppressionsPath,
} from "@/features/do-not-call/suppression/list/search";
import { SuppressionTable } from "@/features/do-not-call/suppression/list/table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { openSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("suppressions");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof loadSuppressionQuery>>;

export default async function SuppressionsPage({ searchParams }: PageProps<"/suppressions">) {
  const member = await requireMember("suppression.read");
  const look = await loadSuppressionQuery(searchParams);
  const { search, isOver } = await openSearch(look.find);
  const [t, notImport, notRecord, notEnd] = await Promise.all([
    getTranslations("suppressions"),
    whyNot(member, "import.run-record"),
    whyNot(member, "suppression.record"),
    whyNot(member, "suppression.end"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <WayLink href="/imports/new?kind=suppressions" whyNot={notImport}>
          {t("import")}
        </WayLink>
        <NewLink href="/suppressions/new" whyNot={notRecord}>
          {t("add")}
        </NewLink>
      </PageHead>
      {isOver && <Banner title={t("searchOver")} />}
      <Narrowed look={look} search={search} />
      <Reading>
        <Suppressions look={look} search={search} whyNotEnd={notEnd} />
      </Reading>
    </>
  );
}

type NarrowedProps = { look: Look; search: string | null };

async function Narrowed({ look: { reason, show }, search }: NarrowedProps) {
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
        action={submitSearch}
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

type SuppressionsProps = NarrowedProps & { whyNotEnd: string | undefined };

async function Suppressions({ look, search, whyNotEnd }: SuppressionsProps) {
  const { reason, show, after } = look;
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
  const steps = toPagerLinks(after, next, (trail) => suppressionsPath({ ...look, after: trail }));
  if (items.length === 0) {
    return (
      <Empty title={t(isFiltered ? "nothingFound" : "empty")}>
        {t(isFiltered ? "nothingFoundBody" : "emptyBody")}
      </Empty>
    );
  }
  return (
    <>
      <SuppressionTable suppressions={items} whyNotEnd={whyNotEnd} />
      <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
    </>
  );
}

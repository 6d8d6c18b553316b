import { ViolationId } from "@ringfence/core/ids";
import { Severity, ViolationCause, ViolationStatus } from "@ringfence/core/calling/violation";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { parseAsStringLiteral } from "nuqs/server";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-controls";
import { Filters } from "@/components/filters";
import { ViolationTable } from "@/features/calling/violation/list/table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("violations");
  return { title: t("title") };
}

const query = createListQuery("/violations", {
  status: parseAsStringLiteral(ViolationStatus.options).withDefault("open"),
  severity: parseAsStringLiteral(Severity.options),
  cause: parseAsStringLiteral(ViolationCause.options),
});

export default async function ViolationsPage({ searchParams }: PageProps<"/violations">) {
  await requireMember("violation.read");
  const look = await query.load(searchParams);
  const { status, severity, cause } = look.filters;
  const asked = { status, severity: severity ?? undefined, cause: cause ?? undefined };
  const [t, causes, statuses, { items, count, next }] = await Promise.all([
    getTranslations("violations"),
    getTranslations("violations.causes"),
    getTranslations("status"),
    api.violation.list({ ...asked, after: ViolationId.safeParse(look.after.at(-1)).data }),
  ]);
  const steps = query.toSteps(look, next);
  const isFiltered = severity !== null || cause !== null;
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      filters={
        <Filters
          label={t("filters")}
          aside={
            <ExportList action={`/api/violations.csv?status=${status}`}>{t("csv")}</ExportList>
          }
        >
          <FilterChoice
            param="status"
            label={t("status")}
            any={statuses("open")}
            choices={[{ value: "closed", label: statuses("closed") }]}
          />
          <FilterChoice
            param="severity"
            label={t("severity")}
            any={t("anySeverity")}
            choices={Severity.options.map((value) => ({ value, label: statuses(value) }))}
          />
          <FilterChoice
            param="cause"
            label={t("cause")}
            any={t("anyCause")}
            choices={ViolationCause.options.map((value) => ({ value, label: causes(value) }))}
          />
        </Filters>
      }
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{
          title: t(chooseEmptyTitle(status, isFiltered)),
          body: t(isFiltered ? "nothingFoundBody" : "emptyBody"),
        }}
        pager={{ label: t("pages"), shown: t(`shown.${status}`, { count }), ...steps }}
      >
        <ViolationTable violations={items} />
      </ListRows>
    </ListPage>
  );
}

function chooseEmptyTitle(status: "open" | "closed", isFiltered: boolean) {
  if (isFiltered) return "nothingFound";
  return status === "open" ? "noneOpen" : "noneClosed";
}

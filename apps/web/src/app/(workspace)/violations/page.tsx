import { ViolationId } from "@ringfence/core/ids";
import { Severity, ViolationCause, ViolationStatus } from "@ringfence/core/calling/violation";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ExportList } from "@/components/export-list";
import { Empty, PageHead } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters } from "@/components/filters";
import { Pager, parseAsTrail, toPagerLinks } from "@/components/pager";
import { ViolationTable } from "@/features/calling/violation/list/table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("violations");
  return { title: t("title") };
}

export default async function ViolationsPage({ searchParams }: PageProps<"/violations">) {
  await requireMember("violation.read");
  const { after, ...look } = await loadViolationQuery(searchParams);
  const { status, severity, cause } = look;
  const asked = { status, severity: severity ?? undefined, cause: cause ?? undefined };
  const [t, causes, statuses, { items, count, next }] = await Promise.all([
    getTranslations("violations"),
    getTranslations("violations.causes"),
    getTranslations("status"),
    api.violation.list({ ...asked, after: ViolationId.safeParse(after.at(-1)).data }),
  ]);
  const steps = toPagerLinks(after, next, (trail) => violationsPath({ ...look, after: trail }));
  const isFiltered = severity !== null || cause !== null;
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Filters
        label={t("filters")}
        aside={<ExportList action={`/api/violations.csv?status=${status}`}>{t("csv")}</ExportList>}
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
      {items.length === 0 ? (
        <Empty title={t(chooseEmptyTitle(status, isFiltered))}>
          {t(isFiltered ? "nothingFoundBody" : "emptyBody")}
        </Empty>
      ) : (
        <>
          <ViolationTable violations={items} />
          <Pager label={t("pages")} shown={t(`shown.${status}`, { count })} {...steps} />
        </>
      )}
    </>
  );
}

function chooseEmptyTitle(status: "open" | "closed", isFiltered: boolean) {
  if (isFiltered) return "nothingFound";
  return status === "open" ? "noneOpen" : "noneClosed";
}

/** Query parameters of the list. */
const query = {
  status: parseAsStringLiteral(ViolationStatus.options).withDefault("open"),
  severity: parseAsStringLiteral(Severity.options),
  cause: parseAsStringLiteral(ViolationCause.options),
  after: parseAsTrail,
};

const loadViolationQuery = createLoader(query);

const serialize = createSerializer(query);

const violationsPath = (look: Partial<inferParserType<typeof query>>) =>
  safePath(`/violations${serialize(look)}`);

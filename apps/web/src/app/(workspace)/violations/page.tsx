import { ViolationId } from "@ringfence/core/ids";
import { type ListViolations, Severity, ViolationCause } from "@ringfence/core/calling/violation";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { ViolationView } from "@ringfence/services/calling/violation";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { BulkList, BulkName } from "@/components/bulk/bulk-list";
import { AssignViolations } from "@/features/calling/violation/list-acts";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-choice";
import { FilterSince, Filters } from "@/components/filters";
import { api, loadMembersWhoMay } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember, whyNot } from "@/server/current-member";
import { violationsQuery as query } from "@/server/lists/queries";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("violations");
  return { title: t("title") };
}

export default async function ViolationsPage({ searchParams }: PageProps<"/violations">) {
  const member = await requireMember("violation.read");
  const look = await query.load(searchParams);
  const { status, severity, cause, from } = look.filters;
  const criteria = {
    status,
    severity: severity ?? undefined,
    cause: cause ?? undefined,
    from: from ?? undefined,
  };
  const [t, causes, words, { items, count, next }] = await Promise.all([
    getTranslations("violations"),
    getTranslations("violations.causes"),
    getTranslations("status"),
    api.violation.list({ ...criteria, after: ViolationId.safeParse(look.after.at(-1)).data }),
  ]);
  const steps = query.toSteps(look, next);
  const isFiltered = severity !== null || cause !== null || from !== null;
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      filters={
        <Filters
          label={t("filters")}
          aside={<ExportList action={query.toFile(look.filters)}>{t("csv")}</ExportList>}
        >
          <FilterChoice
            param="status"
            label={t("status")}
            any={words("open")}
            choices={[
              { value: "closed", label: words("closed") },
              { value: "all", label: t("anyStatus") },
            ]}
          />
          <FilterChoice
            param="severity"
            label={t("severity")}
            any={t("anySeverity")}
            choices={Severity.options.map((value) => ({ value, label: words(value) }))}
          />
          <FilterChoice
            param="cause"
            label={t("cause")}
            any={t("anyCause")}
            choices={[
              { value: "bypassed", label: t("bypassed") },
              ...ViolationCause.options.map((value) => ({ value, label: causes(value) })),
            ]}
          />
          {from && (
            <FilterSince at={from} showAll={query.toPath({ ...look.filters, from: null })}>
              {t("since")}
            </FilterSince>
          )}
          <SavedViews list="violations" filters={query.write(look.filters)} />
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
        <Choosable violations={items} whyNot={await whyNot(member, "violation.settle")}>
          <ViolationTable violations={items} />
        </Choosable>
      </ListRows>
    </ListPage>
  );
}

type ChoosableProps = {
  violations: readonly Row[];
  whyNot: string | undefined;
  children: ReactNode;
};

/** Lets whoever settles violations choose several and assign them at once. */
async function Choosable({ violations, whyNot, children }: ChoosableProps) {
  if (whyNot !== undefined) return children;
  const [t, causes, owners] = await Promise.all([
    getTranslations("bulk"),
    getTranslations("violations.causes"),
    loadMembersWhoMay("violation.settle"),
  ]);
  const rows = violations.map(({ id, call, campaign, causes: found, closedAt }) => ({
    id,
    name: `${call?.phone ?? campaign ?? t("erased")}: ${causes(found[0]?.cause ?? "cannot-check")}`,
    refusal: closedAt === null ? null : t("violationClosed"),
  }));
  return (
    <BulkList rows={rows} acts={<AssignViolations owners={owners} />}>
      {children}
    </BulkList>
  );
}

function chooseEmptyTitle(status: ListViolations["status"], isFiltered: boolean) {
  if (isFiltered || status === "all") return "nothingFound";
  return status === "open" ? "noneOpen" : "noneClosed";
}

type Row = ViolationView;

/** Table of violations, most severe first, with cause, seller, owner and due date. */
function ViolationTable({ violations }: { violations: readonly Row[] }) {
  const t = useTranslations("violations");
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={[...useWhatColumns(), ...useSettlingColumns()]}
      rows={violations}
      rowKey={({ id }) => id}
    />
  );
}

function useWhatColumns(): [Column<Row>, ...Column<Row>[]] {
  const t = useTranslations("violations");
  const causes = useTranslations("violations.causes");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "what",
      head: t("what"),
      cell: ({ id, causes: found }) => {
        const names = [...new Set(found.map(({ cause }) => cause))];
        const [first = "cannot-check", ...more] = names;
        return (
          <BulkName id={id}>
            <Link href={`/violations/${id}`} prefetch={false}>
              {causes(first)}
            </Link>
            {more.length > 0 && (
              <span className="block text-sm font-normal text-muted">
                {t("andMore", { count: more.length })}
              </span>
            )}
          </BulkName>
        );
      },
    },
    {
      key: "severity",
      head: t("severity"),
      narrow: t("severity"),
      cell: ({ severity }) => <Badge status={severity} />,
    },
    {
      key: "whose",
      head: t("whose"),
      narrow: t("whose"),
      cell: ({ call, campaign }) =>
        call === null ? (
          t("campaign", { campaign: campaign ?? "" })
        ) : (
          <>
            {call.phone ? <PhoneLink phoneId={call.phoneId} phone={call.phone} /> : t("erased")}
            <span className="block text-muted">{call.seller}</span>
          </>
        ),
    },
    {
      key: "at",
      head: t("at", { zone }),
      narrow: t("at", { zone }),
      isFigure: true,
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
  ];
}

function useSettlingColumns(): Column<Row>[] {
  const t = useTranslations("violations");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "due",
      head: t("due", { zone }),
      narrow: t("due", { zone }),
      isFigure: true,
      cell: ({ dueAt, closedAt, isOverdue }) =>
        closedAt === null ? (
          <>
            <LocalTime instant={dueAt} precision="cell" />
            {isOverdue && <span className="block text-refuse">{t("overdue")}</span>}
          </>
        ) : (
          t.rich("settled", { time: () => <LocalTime instant={closedAt} precision="cell" /> })
        ),
    },
    {
      key: "owner",
      head: t("owner"),
      narrow: t("owner"),
      cell: ({ owner }) =>
        owner === null ? (
          <span className="text-muted">{t("nobody")}</span>
        ) : (
          (owner.name ?? t("gone"))
        ),
    },
  ];
}

import { SuppressionId } from "@ringfence/core/ids";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { listSuppressions } from "@ringfence/services/do-not-call/suppression";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { BulkList, BulkName } from "@/components/bulk/bulk-list";
import { EndChosenSuppressions } from "@/features/do-not-call/suppression/list/end-chosen";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-choice";
import { Filters, SealedSearch } from "@/components/filters";
import { NewLink, GuardedLink } from "@/components/buttons";
import { api } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember, whyNot } from "@/server/current-member";
import { suppressionsQuery as query } from "@/server/lists/queries";
import { openSearch, sealSearch } from "@/server/sealed-search";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { RecordedAt } from "@/components/officers";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { EndSuppressionButton } from "@/features/do-not-call/suppression/list/end-button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("suppressions");
  return { title: t("title") };
}

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
          <GuardedLink href="/imports/new?kind=suppressions" whyNot={notImport}>
            {t("import")}
          </GuardedLink>
          <NewLink href="/suppressions/new" whyNot={notRecord}>
            {t("add")}
          </NewLink>
        </>
      }
      searchFault={isOver && t("searchOver")}
      filters={<Narrowed filters={look.filters} search={search} />}
    >
      <LoadingContent>
        <Suppressions look={look} search={search} whyNotEnd={notEnd} />
      </LoadingContent>
    </ListPage>
  );
}

type NarrowedProps = { filters: Look["filters"]; search: string | null };

async function Narrowed({ filters, search }: NarrowedProps) {
  const { reason, show, from } = filters;
  const [t, reasons, words] = await Promise.all([
    getTranslations("suppressions"),
    getTranslations("suppressions.reasons"),
    getTranslations("filters"),
  ]);
  return (
    <Filters
      label={t("filters")}
      aside={<ExportList action={query.toFile(filters)}>{t("csv")}</ExportList>}
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
      {from && (
        <p className="basis-full text-sm text-muted">
          {t.rich("recordedSince", { from: () => <LocalTime instant={from} /> })}{" "}
          <Link href={query.toPath({ reason, show })}>{words("showAll")}</Link>
        </p>
      )}
      <SavedViews list="suppressions" filters={query.write(filters)} />
    </Filters>
  );
}

type SuppressionsProps = { look: Look; search: string | null; whyNotEnd: string | undefined };

async function Suppressions({ look, search, whyNotEnd }: SuppressionsProps) {
  const {
    filters: { reason, show, from },
    after,
  } = look;
  const [t, { items, next }] = await Promise.all([
    getTranslations("suppressions"),
    api.suppression.list({
      search: search ?? undefined,
      reason: reason ?? undefined,
      ended: show === "all",
      from: from ?? undefined,
      after: SuppressionId.safeParse(after.at(-1)).data,
    }),
  ]);
  const isFiltered = search !== null || reason !== null || from !== null;
  const steps = query.toSteps(look, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <Choosable suppressions={items} whyNot={whyNotEnd}>
        <SuppressionTable suppressions={items} whyNotEnd={whyNotEnd} />
      </Choosable>
    </ListRows>
  );
}

type Suppression = Awaited<ReturnType<typeof listSuppressions>>["items"][number];

type ChoosableProps = {
  suppressions: readonly Suppression[];
  whyNot: string | undefined;
  children: ReactNode;
};

/** Lets whoever ends suppressions choose several and end them at once. */
function Choosable({ suppressions, whyNot, children }: ChoosableProps) {
  const t = useTranslations("bulk");
  const words = useTranslations("suppressions");
  const now = useNow();
  if (whyNot !== undefined) return children;
  const rows = suppressions.map(({ id, phone, reason, until }) => {
    const isOver = until !== null && until <= now;
    const ending = isOver ? t("suppressionEnded") : null;
    return {
      id,
      name: phone ?? t("erased"),
      refusal: reason === "restriction" ? words("liftOnContact") : ending,
    };
  });
  return (
    <BulkList rows={rows} acts={<EndChosenSuppressions />}>
      {children}
    </BulkList>
  );
}

type SuppressionTableProps = {
  suppressions: readonly Suppression[];
  /** Why the member may not end suppressions. */
  whyNotEnd: string | undefined;
};

/** Table of suppressions with reason, dates and author. */
function SuppressionTable({ suppressions, whyNotEnd }: SuppressionTableProps) {
  const t = useTranslations("suppressions");
  const columns: [Column<Suppression>, ...Column<Suppression>[]] = [
    {
      key: "phone",
      head: t("phone"),
      cell: ({ id, phoneId, phone }) => (
        <BulkName id={id}>
          {phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased")}
        </BulkName>
      ),
    },
    ...useWhyColumns(),
    {
      key: "end",
      head: t("ending"),
      narrow: "full",
      cell: ({ id, reason, until }) =>
        reason === "restriction" ? (
          t("liftOnContact")
        ) : (
          <Ending id={SuppressionId.parse(id)} until={until} whyNot={whyNotEnd} />
        ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={suppressions}
      rowKey={({ id }) => id}
    />
  );
}

function useWhyColumns(): Column<Suppression>[] {
  const t = useTranslations("suppressions");
  const reasons = useTranslations("suppressions.reasons");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "reason",
      head: t("reason"),
      narrow: t("reason"),
      cell: ({ reason }) => reasons(reason),
    },
    {
      key: "since",
      head: t("since", { zone }),
      narrow: t("since", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "until",
      head: t("until", { zone }),
      narrow: t("until", { zone }),
      cell: ({ until }) => (until ? <LocalTime instant={until} precision="cell" /> : t("forGood")),
    },
    {
      key: "recorded",
      head: t("recorded", { zone }),
      narrow: t("recorded", { zone }),
      cell: ({ recordedAt, by }) => <RecordedAt at={recordedAt} by={by} />,
    },
  ];
}

type EndingProps = { id: SuppressionId; until: Date | null; whyNot: string | undefined };

function Ending({ id, until, whyNot }: EndingProps) {
  const t = useTranslations("suppressions");
  const now = useNow();
  if (until !== null && until <= now) return <span className="text-muted">{t("ended")}</span>;
  return <EndSuppressionButton id={id} whyNot={whyNot} />;
}

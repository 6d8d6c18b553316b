import { ReasonCode, ScreenedVerdict } from "@ringfence/core/calling/screening";
import { ScreeningId } from "@ringfence/core/ids";
import type { ScreeningItem } from "@ringfence/services/calling/screening";
import type { Metadata } from "next";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/dates";
import { ExportList } from "@/components/export-list";
import { FilterChoice } from "@/components/filter-choice";
import { ListPage } from "@/components/list-page";
import { RecordedPhone } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { SpanList } from "@/features/calling/span-list";
import { zoneLabel } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember } from "@/server/current-member";
import { isAnyChosen } from "@/server/list-query";
import { screeningsQuery as query } from "@/server/lists/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("screeningList");
  return { title: t("title") };
}

export default async function ScreeningsPage({ searchParams }: PageProps<"/screenings">) {
  await requireMember("screening.list");
  const look = await query.load(searchParams);
  const { verdict, reason, from, until } = look.filters;
  const [t, words, reasons, { items, since, next }] = await Promise.all([
    getTranslations("screeningList"),
    getTranslations("status"),
    getTranslations("reasons"),
    api.screening.list({
      verdict: verdict ?? undefined,
      reason: reason ?? undefined,
      from: from ?? undefined,
      until: until ?? undefined,
      after: ScreeningId.safeParse(look.after.at(-1)).data,
    }),
  ]);
  return (
    <ListPage title={t("title")} note={t("note")}>
      <SpanList
        label={t("filters")}
        span={{ since, until }}
        isFiltered={isAnyChosen(look.filters)}
        file={<ExportList action={query.toFile(look.filters)} />}
        filters={
          <>
            <FilterChoice
              param="verdict"
              label={t("verdict")}
              any={t("anyVerdict")}
              choices={ScreenedVerdict.options.map((value) => ({ value, label: words(value) }))}
            />
            <FilterChoice
              param="reason"
              label={t("reason")}
              any={t("anyReason")}
              choices={ReasonCode.options.map((value) => ({
                value,
                label: reasons(`${value}.name`),
              }))}
            />
            <SavedViews list="screenings" filters={query.write(look.filters)} />
          </>
        }
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        nothingFound={{ title: t("nothingFound"), body: t("nothingFoundBody") }}
        pager={{
          label: t("pages"),
          shown: t("shown", { count: items.length }),
          ...query.toSteps(look, next),
        }}
      >
        <ScreeningTable screenings={items} />
      </SpanList>
    </ListPage>
  );
}

function ScreeningTable({ screenings }: { screenings: readonly ScreeningItem[] }) {
  const t = useTranslations("screeningList");
  const reasons = useTranslations("reasons");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<ScreeningItem>, ...Column<ScreeningItem>[]] = [
    {
      key: "at",
      head: t("at", { zone }),
      cell: ({ id, at }) => (
        <Link href={`/screenings/${id}`} prefetch={false}>
          <LocalTime instant={at} precision="cell" />
        </Link>
      ),
    },
    {
      key: "verdict",
      head: t("verdict"),
      narrow: t("verdict"),
      cell: ({ verdict, reasons: codes }) => (
        <>
          <Badge status={verdict} />
          {codes.length > 0 && (
            <span className="block text-sm text-muted">
              {codes.map((code) => reasons(`${code}.name`)).join("; ")}
            </span>
          )}
        </>
      ),
    },
    {
      key: "whom",
      head: t("whom"),
      narrow: t("whom"),
      cell: (row) => <RecordedPhone {...row} />,
    },
    {
      key: "for",
      head: t("for"),
      narrow: t("for"),
      cell: ({ seller, campaign }) => (
        <>
          {seller}
          {campaign !== null && <span className="block text-muted">{campaign}</span>}
        </>
      ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={screenings}
      rowKey={({ id }) => id}
    />
  );
}

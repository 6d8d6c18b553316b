import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { Usage, UsageDay } from "@ringfence/services/account/organization";
import { BarChart } from "@/components/charts/charts";
import { LocalTime } from "@/components/dates";
import { DetailPage } from "@/components/detail-page";
import { ByteSize, Count } from "@/components/numbers";
import { Empty, Facts, Section, Skeleton } from "@/components/page-layout";
import { Progress } from "@/components/progress";
import { type Column, Table } from "@/components/table";
import { formatShortDay } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { Suspense } from "react";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("usage");
  return { title: t("title") };
}

/** What the organization has used: today's share of its limit, this month, and each of the last 31 days. */
export default async function UsagePage() {
  await requireMember("usage.read");
  const t = await getTranslations("usage");
  return (
    <DetailPage title={t("title")} note={t("note")}>
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <UsageSections />
      </Suspense>
    </DetailPage>
  );
}

const hasUsage = ({ screenings, optOuts, rows, uploadedBytes }: UsageDay) =>
  screenings + optOuts + rows + uploadedBytes > 0;

async function UsageSections() {
  const [t, usage] = [await getTranslations("usage"), await api.organization.usage()];
  return (
    <>
      <Section title={t("today")}>
        <RowsToday usage={usage} />
      </Section>
      {usage.days.some(hasUsage) ? (
        <>
          <MonthFacts usage={usage} />
          <Days days={usage.days} />
        </>
      ) : (
        <Empty title={t("empty")}>{t("emptyBody")}</Empty>
      )}
    </>
  );
}

/** Shows the rows of today against the limit, if there is one. */
function RowsToday({ usage: { days, limit, until } }: { usage: Usage }) {
  const t = useTranslations("usage");
  const rows = days.at(-1)?.rows ?? 0;
  if (limit === null) {
    return (
      <Facts facts={[{ name: t("rows"), value: <Count value={rows} />, notes: [t("noLimit")] }]} />
    );
  }
  return (
    <div className="max-w-[46rem] pt-3">
      <Progress label={t("rowsOfLimit", { rows, limit })} value={Math.min(rows, limit)} max={limit}>
        <p>
          {t.rich(rows >= limit ? "usedUp" : "left", {
            left: Math.max(0, limit - rows),
            until: () => <LocalTime instant={until} />,
          })}
        </p>
        <p>{t("unlimited")}</p>
      </Progress>
    </div>
  );
}

function MonthFacts({ usage: { month, monthFrom, storedBytes } }: { usage: Usage }) {
  const t = useTranslations("usage");
  const since = formatShortDay(useLocale(), "UTC", monthFrom);
  return (
    <Section title={t("month")} aside={t("since", { day: since })}>
      <Facts
        facts={[
          { name: t("screenings"), value: <Count value={month.screenings} /> },
          { name: t("optOuts"), value: <Count value={month.optOuts} /> },
          { name: t("rows"), value: <Count value={month.rows} /> },
          { name: t("uploaded"), value: <ByteSize bytes={month.uploadedBytes} /> },
          { name: t("stored"), value: <ByteSize bytes={storedBytes} />, notes: [t("storedNote")] },
        ]}
      />
    </Section>
  );
}

/** Charts of screenings and rows, and a table of everything, the newest day first. */
function Days({ days }: { days: readonly UsageDay[] }) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const formatDay = (day: Date) => formatShortDay(locale, "UTC", day);
  const columns: [Column<UsageDay>, ...Column<UsageDay>[]] = [
    { key: "day", head: t("day"), cell: ({ day }) => formatDay(day) },
    {
      key: "screenings",
      head: t("screenings"),
      narrow: t("screenings"),
      isFigure: true,
      cell: ({ screenings }) => <Count value={screenings} />,
    },
    {
      key: "optOuts",
      head: t("optOuts"),
      narrow: t("optOuts"),
      isFigure: true,
      cell: ({ optOuts }) => <Count value={optOuts} />,
    },
    {
      key: "rows",
      head: t("rows"),
      narrow: t("rows"),
      isFigure: true,
      cell: ({ rows }) => <Count value={rows} />,
    },
    {
      key: "uploaded",
      head: t("uploaded"),
      narrow: t("uploaded"),
      isFigure: true,
      cell: ({ uploadedBytes }) => <ByteSize bytes={uploadedBytes} />,
    },
  ];
  return (
    <Section title={t("byDay")} aside={t("byDayNote")}>
      {(["screenings", "rows"] as const).map((key) => {
        const total = days.reduce((sum, day) => sum + day[key], 0);
        return (
          <BarChart
            key={key}
            title={t("chart", { what: t(key) })}
            sentence={t("chartSentence", { what: t(key), total })}
            rowHead={t("day")}
            series={[{ key, name: t(key), look: 1, total }]}
            rows={days.map((day) => ({
              label: formatDay(day.day),
              values: { [key]: day[key] },
            }))}
          />
        );
      })}
      <Table
        isStack
        caption={t("caption")}
        columns={columns}
        rows={days.toReversed()}
        rowKey={({ day }) => day.toISOString()}
      />
    </Section>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import type { SourceCount, WeekCount } from "@ringfence/services/consents/consent";
import { useLocale, useTranslations } from "next-intl";
import { formatShortDay } from "@/i18n/format-time";
import Link from "next/link";
import { ListPage } from "@/components/list-page";
import { Empty, Section, Skeleton } from "@/components/page-layout";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { Count, Share } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { BarChart } from "@/components/charts/charts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sources");
  return { title: t("title") };
}

export default async function SourcesPage() {
  await requireMember("consent.read");
  const t = await getTranslations("sources");
  return (
    <ListPage title={t("title")} note={t("note")}>
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Sources />
      </Suspense>
    </ListPage>
  );
}

async function Sources() {
  const [t, { sources, weeks }] = [await getTranslations("sources"), await api.consent.sources()];
  if (sources.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return (
    <>
      <ConsentTrend weeks={weeks} />
      <Section title={t("bySource")}>
        <SourceTable sources={sources} />
      </Section>
    </>
  );
}

/** Table of sources, largest first, with the share of weak consents. */
function SourceTable({ sources }: { sources: readonly SourceCount[] }) {
  const t = useTranslations("sources");
  const kinds = useTranslations("captureForms.kinds");
  const columns: [Column<SourceCount>, ...Column<SourceCount>[]] = [
    {
      key: "source",
      head: t("source"),
      cell: ({ source, form }) =>
        form ? (
          <>
            <Link href={`/forms/${form.id}`} prefetch={false}>
              {form.name}
            </Link>
            <span className="block font-normal text-muted">{kinds(source)}</span>
          </>
        ) : (
          kinds(source)
        ),
    },
    {
      key: "consents",
      head: t("consents"),
      narrow: t("consents"),
      isFigure: true,
      cell: ({ consents }) => <Count value={consents} />,
    },
    {
      key: "weak",
      head: t("weak"),
      narrow: t("weak"),
      isFigure: true,
      cell: ({ weak, consents }) => <Share count={weak} of={consents} />,
    },
    {
      key: "last",
      head: t("last"),
      narrow: t("last"),
      isFigure: true,
      cell: ({ last }) => <LocalTime instant={last} precision="cell" />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={sources}
      rowKey={({ source, form }) => `${source} ${form?.id ?? ""}`}
    />
  );
}

/** Chart of consents per week, and how many of them are weak. */
function ConsentTrend({ weeks }: { weeks: readonly WeekCount[] }) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const sum = (key: "sound" | "weak") => weeks.reduce((total, week) => total + week[key], 0);
  return (
    <Section title={t("trend")}>
      <BarChart
        title={t("trendChart")}
        sentence={t("trendSentence", { sound: sum("sound"), weak: sum("weak") })}
        rowHead={t("week")}
        series={[
          { key: "sound", name: t("sound"), look: "allowed" },
          { key: "weak", name: t("weak"), look: "refused" },
        ]}
        rows={weeks.map(({ week, sound, weak }) => ({
          label: formatShortDay(locale, "UTC", week),
          values: { sound, weak },
        }))}
      />
    </Section>
  );
}

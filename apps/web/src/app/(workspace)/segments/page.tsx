import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { listSegments } from "@ringfence/services/audience/segment";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { ArchivedList } from "@/features/desk/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("segments");
  return { title: t("title") };
}

export default async function SegmentsPage() {
  const member = await requireMember("segment.read");
  const [t, notNew] = await Promise.all([
    getTranslations("segments"),
    whyNot(member, "segment.change"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/segments.csv" />
          <NewLink href="/segments/new" whyNot={notNew}>
            {t("new")}
          </NewLink>
        </>
      }
    >
      <LoadingContent>
        <Segments />
        <ArchivedList kind="segment" whyNot={notNew} />
      </LoadingContent>
    </ListPage>
  );
}

async function Segments() {
  const [t, segments] = await Promise.all([getTranslations("segments"), api.segment.list()]);
  return (
    <ListRows isEmpty={segments.length === 0} empty={{ title: t("empty"), body: t("emptyBody") }}>
      <SegmentTable segments={segments} />
    </ListRows>
  );
}

type Segment = Awaited<ReturnType<typeof listSegments>>[number];

/** Table of segments with rule, size, and the people who may be called. */
function SegmentTable({ segments }: { segments: readonly Segment[] }) {
  const t = useTranslations("segments");
  const columns = useColumns();
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={segments}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(): [Column<Segment>, ...Column<Segment>[]] {
  const t = useTranslations("segments");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name, sentence }) => (
        <>
          <Link href={`/segments/${id}`}>{name}</Link>
          <span className="block max-w-[34rem] text-sm font-normal text-muted">{sentence}</span>
        </>
      ),
    },
    {
      key: "size",
      head: t("size"),
      narrow: t("size"),
      isFigure: true,
      cell: ({ size }) => (size === null ? t("notYet") : <Count value={size} />),
    },
    {
      key: "callable",
      head: t("callable"),
      narrow: t("callable"),
      isFigure: true,
      cell: ({ callable }) => <Callable callable={callable} />,
    },
    {
      key: "trend",
      head: <span className="pl-3">{t("trend")}</span>,
      narrow: t("trend"),
      cell: ({ sizes }) => (
        <span className="md:pl-3">
          <SizeTrend sizes={sizes} />
        </span>
      ),
    },
    {
      key: "age",
      head: t("counted", { zone }),
      narrow: t("counted", { zone }),
      isFigure: true,
      cell: (segment) => <Age segment={segment} />,
    },
  ];
}

function Callable({ callable }: Pick<Segment, "callable">) {
  const t = useTranslations("segments");
  if (callable === null) return t("notYet");
  return (
    <>
      <Count value={callable.count} />
      <span className="block text-xs text-muted">
        <LocalTime instant={callable.at} precision="cell" />
      </span>
    </>
  );
}

function Age({ segment: { refreshedAt, followedAt, isCurrent } }: { segment: Segment }) {
  const t = useTranslations("segments");
  if (refreshedAt === null) return t("notYet");
  return (
    <>
      <LocalTime instant={refreshedAt} precision="cell" />
      {followedAt !== null && (
        <span className="block text-xs text-muted">
          {t.rich("followed", { time: () => <LocalTime instant={followedAt} precision="cell" /> })}
        </span>
      )}
      {!isCurrent && <span className="block text-xs text-warn">{t("ruleChanged")}</span>}
    </>
  );
}

const [WIDTH, HEIGHT] = [96, 20];

/** Shows a segment's size over its last counts, as a line and in words. */
function SizeTrend({ sizes }: { sizes: readonly { at: Date; size: number }[] }) {
  const t = useTranslations("segments");
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first === undefined || last === undefined || sizes.length < 2) {
    return <span className="text-muted">{t("noTrend")}</span>;
  }
  const change = last.size - first.size;
  return (
    <span className="inline-flex items-center gap-2">
      <svg
        aria-hidden
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        className="max-sm:hidden"
      >
        <polyline points={toPoints(sizes)} fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <span className="text-sm whitespace-nowrap tabular-nums">
        {t("trendOf", { change, counts: sizes.length })}
      </span>
    </span>
  );
}

function toPoints(sizes: readonly { size: number }[]) {
  const all = sizes.map(({ size }) => size);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const high = (size: number) => (most === least ? 0.5 : (size - least) / (most - least));
  return all
    .map((size, index) => {
      const x = (index / (all.length - 1)) * (WIDTH - 2) + 1;
      return `${x.toFixed(1)},${((1 - high(size)) * (HEIGHT - 4) + 2).toFixed(1)}`;
    })
    .join(" ");
}

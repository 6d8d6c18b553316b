import type { listSegments } from "@ringfence/services/audience/segment";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { SizeTrend } from "./size-trend";

type Segment = Awaited<ReturnType<typeof listSegments>>[number];

/** Segments, what each asks, how large it is, and who of it may be called. */
export function SegmentTable({ segments }: { segments: readonly Segment[] }) {
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

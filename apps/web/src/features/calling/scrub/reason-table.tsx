import { Reason } from "@ringfence/core/calling/screening";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Empty } from "@/components/empty";
import { ShareBar } from "@/components/share-bar";
import { type Column, Table } from "@/components/table";

type ReasonRow = { reason: Reason; rows: number; part: number };

/** Why rows were refused, the most frequent reason first: drawn, counted, and as a share of all rows. */
export function ReasonTable({ counts }: { counts: ScrubCounts }) {
  const t = useTranslations("scrub");
  const columns = useColumns();
  const all = counts.allow + counts.refuse;
  const rows = Reason.options
    .map((reason) => ({ reason, rows: counts.reasons[reason] ?? 0 }))
    .filter(({ rows }) => rows > 0)
    .map((row) => ({ ...row, part: row.rows / all }))
    .toSorted((a, b) => b.rows - a.rows);
  if (rows.length === 0) return <Empty title={t("noneRefused")} />;
  return (
    <>
      <Table
        isStack
        caption={t("reasons")}
        columns={columns}
        rows={rows}
        rowKey={({ reason }) => reason}
      />
      <p className="pt-2 text-sm text-muted">{t("severalReasons")}</p>
    </>
  );
}

function useColumns(): [Column<ReasonRow>, ...Column<ReasonRow>[]] {
  const t = useTranslations("scrub");
  const names = useTranslations("reasons");
  const share = useTranslations("share");
  return [
    {
      key: "reason",
      head: t("reason"),
      cell: ({ reason }) => (
        <>
          {names(`${reason}.name`)}
          <span className="block max-w-[26rem] font-normal text-muted">
            {names(`${reason}.means`)}
          </span>
        </>
      ),
    },
    {
      key: "bar",
      head: <span className="sr-only">{t("drawn")}</span>,
      narrow: "full",
      cell: ({ part }) => (
        <div className="min-w-28 pt-1.5">
          <ShareBar part={part} />
        </div>
      ),
    },
    {
      key: "rows",
      head: t("rows"),
      narrow: t("rows"),
      isFigure: true,
      cell: ({ rows }) => <Count value={rows} />,
    },
    {
      key: "share",
      head: t("ofAll"),
      narrow: t("ofAll"),
      isFigure: true,
      cell: ({ part }) => share("percent", { percent: Math.round(part * 1_000) / 10 }),
    },
  ];
}

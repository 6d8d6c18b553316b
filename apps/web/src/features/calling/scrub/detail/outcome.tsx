import { fromStoredMessage } from "@ringfence/core/platform/message";
import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";
import { RunFailed } from "@/components/progress";
import { LocalTime } from "@/components/dates";
import { MessageText } from "@/components/message-text";
import { ScrubProgress } from "../progress";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import type { ReactNode } from "react";
import { ShareStrip } from "@/components/charts/share-strip";
import { ReasonCode } from "@ringfence/core/calling/screening";
import { Count, ShareBar } from "@/components/numbers";
import { Empty } from "@/components/page-layout";
import { type Column, Table } from "@/components/table";

/** Shows the progress of a scrub, its result, or why it failed. */
export function ScrubState({ scrub }: { scrub: ScrubView }) {
  const t = useTranslations("scrub");
  const { at, counts, error, status } = scrub;
  if (status === "failed") {
    return (
      <RunFailed title={t("failed")} error={error}>
        {t("failedBody")}
      </RunFailed>
    );
  }
  if (counts === null) {
    return (
      <ScrubProgress scrub={scrub}>
        {error && <MessageText message={fromStoredMessage(error)} />}
      </ScrubProgress>
    );
  }
  return (
    <>
      <ScrubOutcome counts={counts} />
      {at && (
        <p className="max-w-[46rem] pt-4 text-sm text-muted">
          {t.rich("asOf", { time: () => <LocalTime instant={at} /> })}
        </p>
      )}
    </>
  );
}

const b = (text: ReactNode) => <b>{text}</b>;

/** Says in a sentence how many rows may be called, and draws all rows to scale. */
function ScrubOutcome({ counts }: { counts: ScrubCounts }) {
  const t = useTranslations("scrub");
  const { allow, refuse, callableLater: later } = counts;
  const rows = allow + refuse;
  return (
    <div className="grid max-w-[52rem] gap-5">
      <p className="text-2xl text-pretty">
        {t.rich(allow > 0 ? "some" : "none", { allow, rows, b })}
      </p>
      {rows > 0 && (
        <ShareStrip
          sentence={t("strip", { allow, later, refuse: refuse - later })}
          parts={[
            { key: "allow", name: t("allowed"), count: allow, look: "allowed" },
            { key: "later", name: t("later"), count: later, look: 3 },
            { key: "refuse", name: t("refused"), count: refuse - later, look: "refused" },
          ]}
        />
      )}
    </div>
  );
}

type ReasonRow = { reason: ReasonCode; rows: number; part: number };

/** Table of refusal reasons, most frequent first, with a bar, a count and a share of all rows. */
export function ReasonTable({ counts }: { counts: ScrubCounts }) {
  const t = useTranslations("scrub");
  const columns = useColumns();
  const all = counts.allow + counts.refuse;
  const rows = ReasonCode.options
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

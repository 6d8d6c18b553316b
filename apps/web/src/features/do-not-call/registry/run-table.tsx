import type { RunView } from "@ringfence/services/platform/run";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/local-time";
import { Said } from "@/components/said";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { RunOutcome } from "./run-outcome";
import { secondsOf, statusOfRun } from "./run-status";

/** Readings of a registry: when, how long, and what came of each. */
export function RunTable({ runs }: { runs: readonly RunView[] }) {
  const t = useTranslations("readings");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<RunView>, ...Column<RunView>[]] = [
    {
      key: "began",
      head: t("began", { zone }),
      cell: ({ createdAt, startedAt }) => (
        <LocalTime instant={startedAt ?? createdAt} precision="cell" />
      ),
    },
    { key: "status", head: t("status"), cell: (run) => <Badge status={statusOfRun(run)} /> },
    {
      key: "outcome",
      head: t("outcome"),
      narrow: "full",
      cell: (run) => (run.error ? <Said message={run.error} /> : <RunOutcome run={run} />),
    },
    {
      key: "took",
      head: t("took"),
      narrow: t("took"),
      isFigure: true,
      cell: (run) => {
        const seconds = secondsOf(run);
        return seconds !== null && format.number(seconds, { style: "unit", unit: "second" });
      },
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={columns}
      rows={runs}
      rowKey={({ id }) => id}
    />
  );
}

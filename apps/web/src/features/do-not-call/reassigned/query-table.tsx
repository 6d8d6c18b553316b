import type { QueryView } from "@ringfence/services/do-not-call/reassigned";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Count } from "@/components/numbers";
import { ExportList } from "@/components/export-list";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

type QueryTableProps = { queries: readonly QueryView[]; mayTake: boolean };

/** Lists queries with their files and answers. */
export function QueryTable({ queries, mayTake }: QueryTableProps) {
  const t = useTranslations("reassigned");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<QueryView>, ...Column<QueryView>[]] = [
    {
      key: "asked",
      head: t("asked", { zone }),
      cell: ({ askedAt }) => <LocalTime instant={askedAt} precision="cell" />,
    },
    {
      key: "files",
      head: t("files"),
      narrow: t("files"),
      cell: (query) => (mayTake ? <Files query={query} /> : <Count value={query.files} />),
    },
    {
      key: "answered",
      head: t("answered", { zone }),
      narrow: t("answered", { zone }),
      cell: ({ answeredAt }) =>
        answeredAt ? <LocalTime instant={answeredAt} precision="cell" /> : t("waits"),
    },
    ...(["numbers", "yes", "no", "noData"] as const).map((key) => ({
      key,
      head: t(key),
      narrow: t(key),
      isFigure: true,
      cell: (query: QueryView) => <Count value={query[key]} />,
    })),
  ];
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={columns}
      rows={queries}
      rowKey={({ id }) => id}
    />
  );
}

function Files({ query: { id, files } }: { query: QueryView }) {
  const t = useTranslations("reassigned");
  return (
    <div className="flex flex-wrap gap-3">
      {Array.from({ length: files }, (_, index) => (
        <ExportList key={index} action={`/api/reassigned/${id}/questions.csv?file=${index + 1}`}>
          {t("download", { file: index + 1 })}
        </ExportList>
      ))}
    </div>
  );
}

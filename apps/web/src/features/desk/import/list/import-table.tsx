import type { ImportView } from "@ringfence/services/desk/import";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { ByteSize } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { Badge } from "@/components/badge";
import { Upload } from "lucide-react";
import { Button, ButtonLink } from "@/components/buttons";

/** Table of imports with their status. */
export function ImportTable({ imports }: { imports: readonly ImportView[] }) {
  const t = useTranslations("imports");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<ImportView>, ...Column<ImportView>[]] = [
    {
      key: "file",
      head: t("file"),
      cell: ({ id, fileName }) => (
        <Link className="break-all" href={`/imports/${id}`}>
          {fileName}
        </Link>
      ),
    },
    { key: "kind", head: t("kind"), cell: ({ kind }) => t(`kinds.${kind}`) },
    { key: "status", head: t("status"), cell: (view) => <ImportStatus view={view} /> },
    {
      key: "size",
      head: t("size"),
      narrow: t("size"),
      isFigure: true,
      cell: ({ bytes }) => <ByteSize bytes={bytes} />,
    },
    {
      key: "sent",
      head: t("sent", { zone }),
      narrow: t("sent", { zone }),
      isFigure: true,
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={imports}
      rowKey={({ id }) => id}
    />
  );
}

/** Shows the status. A file that was not imported, or only tried, waits for a person. */
function ImportStatus({ view: { run, isDryRun } }: { view: ImportView }) {
  const t = useTranslations("imports");
  if (run === null) return <span className="text-sm text-muted">{t("notBegun")}</span>;
  if (run.status === "done" && isDryRun) return <span className="text-sm">{t("tried")}</span>;
  return <Badge status={run.status} />;
}

/** Link to a new import, or the reason why there is none. */
export function ImportFileLink({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("imports");
  return whyNot === undefined ? (
    <ButtonLink href="/imports/new" look="primary" icon={Upload}>
      {t("import")}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{t("import")}</Button>
  );
}

import { ImportId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ImportView } from "@ringfence/services/desk/import";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Upload } from "lucide-react";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { ByteSize } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { Badge } from "@/components/badge";
import { GuardedLink } from "@/components/buttons";

const query = createListQuery("/imports", {});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportsPage({ searchParams }: PageProps<"/imports">) {
  const member = await requireMember("import.read");
  const { after } = await query.load(searchParams);
  const [t, refusal] = await Promise.all([
    getTranslations("imports"),
    whyNot(member, "import.run"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/imports.csv" />
          <GuardedLink href="/imports/new" look="primary" icon={Upload} whyNot={refusal}>
            {t("import")}
          </GuardedLink>
        </>
      }
    >
      <LoadingContent>
        <Imports after={after} />
      </LoadingContent>
    </ListPage>
  );
}

async function Imports({ after }: { after: readonly string[] }) {
  const [t, { items, next }] = await Promise.all([
    getTranslations("imports"),
    api.import.list({ after: ImportId.safeParse(after.at(-1)).data }),
  ]);
  const steps = query.toSteps({ filters: {}, after }, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <ImportTable imports={items} />
    </ListRows>
  );
}

/** Table of imports with their status. */
function ImportTable({ imports }: { imports: readonly ImportView[] }) {
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

import { ReassignedQueryId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer } from "nuqs/server";
import { Suspense } from "react";
import type { QueryView } from "@ringfence/services/do-not-call/reassigned";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { ListPage } from "@/components/list-page";
import { Empty, Section, Skeleton } from "@/components/page-layout";
import { Pager } from "@/components/pager";
import { parseAsTrail, toPagerLinks } from "@/server/list-query";
import { AskButton } from "@/features/do-not-call/reassigned/ask-button";
import { TableUpload } from "@/components/upload/table-upload";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Count } from "@/components/numbers";
import { ExportList } from "@/components/export-list";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";

const query = { queries: parseAsTrail };
const load = createLoader(query);
const toHref = createSerializer(query);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reassigned");
  return { title: t("title") };
}

type ReassignedPageProps = PageProps<"/registries/reassigned">;

export default async function ReassignedPage({ searchParams }: ReassignedPageProps) {
  const member = await requireMember("reassigned.read");
  const [t, refusal, { queries: trail }] = await Promise.all([
    getTranslations("reassigned"),
    whyNot(member, "reassigned.ask"),
    load(searchParams),
  ]);
  return (
    <ListPage title={t("title")} note={t("note")} actions={<AskButton whyNot={refusal} />}>
      <p className="max-w-[46rem] text-pretty">{t("lead")}</p>
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Queries trail={trail} mayAsk={refusal === undefined} />
      </Suspense>
      {refusal === undefined && (
        <Section title={t("lines")}>
          <p className="max-w-[46rem] pt-2.5 text-pretty">{t("linesLead")}</p>
          <TableUpload
            address="/api/uploads/line-types"
            label={t("linesFile")}
            hint={t("linesHint")}
            taken={t("linesTaken")}
          />
        </Section>
      )}
    </ListPage>
  );
}

async function Queries({ trail, mayAsk }: { trail: readonly string[]; mayAsk: boolean }) {
  const after = ReassignedQueryId.safeParse(trail.at(-1)).data;
  const [t, { queries, next }] = await Promise.all([
    getTranslations("reassigned"),
    api.reassigned.list({ after }),
  ]);
  const [latest] = queries;
  if (latest === undefined) return <Empty title={t("none")}>{t("noneBody")}</Empty>;
  const steps = toPagerLinks(trail, next, (queries) =>
    toHref("/registries/reassigned", { queries }),
  );
  return (
    <>
      {mayAsk && trail.length === 0 && (
        <Section title={t("put")} aside={t("putNote")}>
          <TableUpload
            address={`/api/uploads/reassigned/${latest.id}`}
            label={t("file")}
            hint={t("fileHint")}
            taken={t("taken")}
          />
        </Section>
      )}
      <Section title={t("queries")}>
        <QueryTable queries={queries} mayTake={mayAsk} />
        <Pager label={t("pages")} shown={t("shown", { count: queries.length })} {...steps} />
      </Section>
    </>
  );
}

type QueryTableProps = { queries: readonly QueryView[]; mayTake: boolean };

/** Lists queries with their files and answers. */
function QueryTable({ queries, mayTake }: QueryTableProps) {
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
          {t("download", { file: String(index + 1) })}
        </ExportList>
      ))}
    </div>
  );
}

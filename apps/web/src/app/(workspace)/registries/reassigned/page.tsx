import { ReassignedQueryId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer } from "nuqs/server";
import { Suspense } from "react";
import { Empty, PageHead, Section, Skeleton } from "@/components/page-layout";
import { Pager, parseAsTrail, toPagerLinks } from "@/components/pager";
import { AskButton } from "@/features/do-not-call/reassigned/ask-button";
import { QueryTable } from "@/features/do-not-call/reassigned/query-table";
import { TableUpload } from "@/components/upload/table-upload";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

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
    <>
      <PageHead title={t("title")} note={t("note")}>
        <AskButton whyNot={refusal} />
      </PageHead>
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
    </>
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

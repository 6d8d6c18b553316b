import { ScrubId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Columns, Section } from "@/components/page-layout";
import { ExportList } from "@/components/export-list";
import { FindRow, RepeatButton } from "@/features/calling/scrub/detail/actions";
import { ScrubSubject, createNames } from "@/features/calling/scrub/words";
import { ReasonTable, ScrubState } from "@/features/calling/scrub/detail/outcome";
import { ScrubFacts } from "@/features/calling/scrub/detail/facts";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

type ScrubPageProps = PageProps<"/scrubs/[scrubId]">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("scrub");
  return { title: t("title") };
}

export default async function ScrubPage({ params }: ScrubPageProps) {
  const member = await requireMember("scrub.read");
  const [t, refusal, scrub, sellers, purposes] = await Promise.all([
    getTranslations("scrub"),
    whyNot(member, "scrub.run"),
    loadScrub(await params),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const named = createNames(sellers, purposes);
  const { counts, id, status } = scrub;
  const isOver = status === "done" || status === "failed";
  return (
    <DetailPage
      title={scrub.fileName}
      note={<ScrubSubject scrub={scrub} named={named} />}
      actions={
        <span className="flex flex-wrap items-start gap-2">
          {isOver && <RepeatButton scrubId={id} whyNot={refusal} />}
          {status === "done" && (
            <ExportList look="primary" action={`/api/scrubs/${id}/result`}>
              {t("download")}
            </ExportList>
          )}
        </span>
      }
    >
      <ScrubState scrub={scrub} />
      <Columns isEven={status === "failed"}>
        {counts && (
          <Section title={t("why")} aside={t("whyNote")}>
            <ReasonTable counts={counts} />
          </Section>
        )}
        {!isOver && (
          <Section title={t("next")}>
            <p className="max-w-[46rem] pt-2.5 text-muted">{t("nextBody")}</p>
          </Section>
        )}
        <div className="grid gap-8">
          <Section title={t("facts")}>
            <ScrubFacts scrub={scrub} named={named} />
          </Section>
          {scrub.record !== null && scrub.rows > 0 && (
            <Section title={t("findRow")}>
              <FindRow scrubId={id} rows={scrub.rows} />
            </Section>
          )}
        </div>
      </Columns>
    </DetailPage>
  );
}

function loadScrub({ scrubId }: Awaited<ScrubPageProps["params"]>) {
  const id = ScrubId.safeParse(scrubId);
  return id.success ? loadOrNotFound(api.scrub.read({ scrubId: id.data })) : notFound();
}

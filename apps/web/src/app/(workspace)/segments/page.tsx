import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty";
import { NewLink } from "@/components/new-link";
import { PageHead } from "@/components/page-head";
import { SegmentTable } from "@/features/segment/segment-table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("segments");
  return { title: t("title") };
}

export default async function SegmentsPage() {
  const member = await requireMember("segment.read");
  const [t, segments, notNew] = await Promise.all([
    getTranslations("segments"),
    api.segment.list(),
    whyNot(member, "segment.change"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/segments/new" whyNot={notNew}>
          {t("new")}
        </NewLink>
      </PageHead>
      {segments.length === 0 ? (
        <Empty title={t("empty")}>{t("emptyBody")}</Empty>
      ) : (
        <SegmentTable segments={segments} />
      )}
    </>
  );
}

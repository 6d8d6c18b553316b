import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty, PageHead, Reading } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { SegmentTable } from "@/features/audience/segment/list/segment-table";
import { ArchivedList } from "@/features/platform/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("segments");
  return { title: t("title") };
}

export default async function SegmentsPage() {
  const member = await requireMember("segment.read");
  const [t, notNew] = await Promise.all([
    getTranslations("segments"),
    whyNot(member, "segment.change"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/segments/new" whyNot={notNew}>
          {t("new")}
        </NewLink>
      </PageHead>
      <Reading>
        <Segments />
        <ArchivedList kind="segment" whyNot={notNew} />
      </Reading>
    </>
  );
}

async function Segments() {
  const [t, segments] = await Promise.all([getTranslations("segments"), api.segment.list()]);
  if (segments.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return <SegmentTable segments={segments} />;
}

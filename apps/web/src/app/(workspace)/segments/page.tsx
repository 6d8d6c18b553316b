import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty";
import { NewLink } from "@/components/new-link";
import { PageHead } from "@/components/page-head";
import { Reading } from "@/components/reading";
import { SegmentTable } from "@/features/audience/segment/list/segment-table";
import { ArchivedList } from "@/features/platform/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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

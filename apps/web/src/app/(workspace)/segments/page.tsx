import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
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
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <NewLink href="/segments/new" whyNot={notNew}>
          {t("new")}
        </NewLink>
      }
    >
      <Reading>
        <Segments />
        <ArchivedList kind="segment" whyNot={notNew} />
      </Reading>
    </ListPage>
  );
}

async function Segments() {
  const [t, segments] = await Promise.all([getTranslations("segments"), api.segment.list()]);
  return (
    <ListRows isEmpty={segments.length === 0} empty={{ title: t("empty"), body: t("emptyBody") }}>
      <SegmentTable segments={segments} />
    </ListRows>
  );
}

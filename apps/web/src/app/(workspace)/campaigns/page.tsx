import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { ArchivedList } from "@/features/desk/archive/archived-list";
import { CampaignTable } from "@/features/audience/campaign/list/campaign-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("campaigns");
  return { title: t("title") };
}

export default async function CampaignsPage() {
  const member = await requireMember("campaign.read");
  const [t, notNew] = await Promise.all([
    getTranslations("campaigns"),
    whyNot(member, "campaign.change"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/campaigns.csv" />
          <NewLink href="/campaigns/new" whyNot={notNew}>
            {t("new")}
          </NewLink>
        </>
      }
    >
      <LoadingContent>
        <Campaigns />
        <ArchivedList kind="campaign" whyNot={notNew} />
      </LoadingContent>
    </ListPage>
  );
}

async function Campaigns() {
  const [t, campaigns] = await Promise.all([getTranslations("campaigns"), api.campaign.list()]);
  return (
    <ListRows isEmpty={campaigns.length === 0} empty={{ title: t("empty"), body: t("emptyBody") }}>
      <CampaignTable campaigns={campaigns} />
    </ListRows>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty";
import { NewLink } from "@/components/new-link";
import { PageHead } from "@/components/page-head";
import { Reading } from "@/components/reading";
import { ArchivedList } from "@/features/platform/archive/archived-list";
import { CampaignTable } from "@/features/audience/campaign/list/campaign-table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/campaigns/new" whyNot={notNew}>
          {t("new")}
        </NewLink>
      </PageHead>
      <Reading>
        <Campaigns />
        <ArchivedList kind="campaign" whyNot={notNew} />
      </Reading>
    </>
  );
}

async function Campaigns() {
  const [t, campaigns] = await Promise.all([getTranslations("campaigns"), api.campaign.list()]);
  if (campaigns.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return <CampaignTable campaigns={campaigns} />;
}

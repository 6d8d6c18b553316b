import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { emptyPlan } from "@/features/audience/campaign/form/plan";
import { CampaignForm } from "@/features/audience/campaign/form/campaign-form";
import { api, loadChoices } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("campaignForm");
  return { title: t("newTitle") };
}

export default async function NewCampaignPage() {
  const member = await requireMember("campaign.change");
  const [t, offers, segments, { sellers }] = await Promise.all([
    getTranslations("campaignForm"),
    api.offer.list(),
    api.segment.list(),
    loadChoices(member),
  ]);
  const [seller] = sellers;
  const isComplete = offers.length > 0 && segments.length > 0 && seller !== undefined;
  return (
    <FormPage
      title={t("newTitle")}
      note={t("note")}
      missing={!isComplete && { title: t("incomplete"), body: t("incompleteBody") }}
    >
      {seller && (
        <CampaignForm
          campaign={null}
          plan={{ ...emptyPlan, seller: seller.key }}
          choices={{ offers, segments, sellers }}
        />
      )}
    </FormPage>
  );
}

import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/buttons";
import { FormPage } from "@/components/form-page";
import { emptyPlan } from "@/features/audience/campaign/form/plan";
import { listMissingParts } from "@/features/audience/campaign/form/missing-parts";
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
  const missing = listMissingParts({ offers, segments, sellers }, (action) =>
    may(toActor(member), action),
  );
  const create = missing.filter(({ mayCreate }) => mayCreate);
  return (
    <FormPage
      title={t("newTitle")}
      note={t("note")}
      missing={
        missing.length > 0 && {
          title: t("incomplete"),
          body: t("incompleteBody"),
          action: create.length > 0 && (
            <div className="flex flex-wrap gap-2">
              {create.map(({ part, href }) => (
                <ButtonLink key={part} href={href} icon={Plus}>
                  {t("createMissing", { part })}
                </ButtonLink>
              ))}
            </div>
          ),
        }
      }
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

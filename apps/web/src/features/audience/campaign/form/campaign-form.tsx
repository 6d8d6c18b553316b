"use client";
import type { CampaignId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { SaveForm } from "@/components/save-form";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { type CampaignChoices, type PlanDraft, parsePlan } from "./plan";
import { LimitFields, PlanFields } from "./campaign-fields";

type CampaignFormProps = {
  /** Null for a new campaign. */
  campaign: { id: CampaignId; version: number } | null;
  plan: PlanDraft;
  choices: CampaignChoices;
  whyNot?: string | undefined;
};

/** Edits the draft of a campaign. */
export function CampaignForm({ campaign, plan, choices, whyNot }: CampaignFormProps) {
  const t = useTranslations("campaignForm");
  const router = useRouter();
  const trpc = useTRPC();
  const save = useMutation(
    trpc.campaign.save.mutationOptions({
      onSuccess({ id }) {
        showToast({ tone: "done", title: t("saved") });
        if (campaign === null) router.push(`/campaigns/${id}`);
        else router.refresh();
      },
    }),
  );
  return (
    <SaveForm
      read={(form) => parsePlan(campaign, form)}
      saving={save}
      words={{ save: t("save"), saving: t("saving"), odd: t("odd") }}
      whyNot={whyNot}
    >
      <PlanFields plan={plan} choices={choices} />
      <LimitFields plan={plan} />
    </SaveForm>
  );
}

"use client";

import type { CampaignId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import type { CampaignChoices, PlanShown } from "./campaign-choices";
import { LimitFields } from "./limit-fields";
import { planGiven } from "./plan-given";
import { WhatFields } from "./what-fields";

type CampaignFormProps = {
  /** Null for a new one. */
  campaign: { id: CampaignId; version: number } | null;
  plan: PlanShown;
  choices: CampaignChoices;
  whyNot?: string | undefined;
};

/** A draft as it is worked on. */
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
    <form
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { data } = planGiven(campaign, new FormData(event.currentTarget));
        if (data) save.mutate(data);
        else showToast({ tone: "bad", title: t("odd") });
      }}
    >
      <WhatFields plan={plan} choices={choices} />
      <LimitFields plan={plan} />
      {save.error && <Banner tone="bad" role="alert" title={save.error.message} />}
      <div>
        <Button type="submit" look="primary" busy={save.isPending && t("saving")} whyNot={whyNot}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

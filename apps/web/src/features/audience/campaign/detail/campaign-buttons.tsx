"use client";
import { type CampaignAct, MoveCampaign } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { Field, Textarea } from "@/components/fields";
import { useRefreshed, useTRPC } from "@/trpc/client";

type CampaignButtonsProps = {
  campaignId: CampaignId;
  /** The last step shown on the page. */
  seen: string | undefined;
  /** Acts that are possible now, and why this member may not take them. */
  acts: readonly { act: CampaignAct; whyNot: string | undefined }[];
};

/** Acts that lead the campaign on. */
const forwardActs: ReadonlySet<CampaignAct> = new Set(["submit", "approve", "start", "resume"]);

/** Buttons for a campaign's next acts, with a field for the reason. Rejecting needs a reason. */
export function CampaignButtons({ campaignId, seen, acts }: CampaignButtonsProps) {
  const t = useTranslations("campaign");
  const trpc = useTRPC();
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const move = useMutation(trpc.campaign.move.mutationOptions(useRefreshed()));
  const take = (act: CampaignAct) => {
    const written = reason.trim();
    const more = { ...(written && { reason: written }), ...(act === "approve" && { seen }) };
    const { data } = MoveCampaign.safeParse({ campaignId, act, ...more });
    setMissing(data === undefined);
    if (data) move.mutate(data, { onSuccess: () => setReason("") });
  };
  return (
    <div className="grid max-w-[32rem] gap-4 pt-3">
      {move.error && <Banner tone="bad" role="alert" title={move.error.message} />}
      <Field
        label={t("reason")}
        hint={t("reasonHint")}
        fault={isMissing && reason.trim() === "" ? t("reasonMissing") : undefined}
      >
        {(wired) => (
          <Textarea
            {...wired}
            value={reason}
            maxLength={2_000}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-3">
        {acts.map(({ act, whyNot }) => (
          <Button
            key={act}
            {...(forwardActs.has(act) && { look: "primary" as const })}
            whyNot={whyNot}
            busy={move.isPending && move.variables.act === act && t("working")}
            onClick={() => (act === "finish" ? setEnding(true) : take(act))}
          >
            {t(`acts.${act}`)}
          </Button>
        ))}
      </div>
      {isEnding && (
        <ConfirmDialog
          title={t("endTitle")}
          confirm={t("acts.finish")}
          onConfirm={() => take("finish")}
          onClose={() => setEnding(false)}
        >
          <p>{t("endBody")}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

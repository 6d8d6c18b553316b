"use client";
import type { CampaignId, DutyConfirmationId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, ReasonField, Textarea } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { typedText } from "@/components/typed-text";
import { useRefreshed, useTRPC } from "@/trpc/client";

type ConfirmDutyProps = {
  campaignId: CampaignId;
  ruleId: string;
  version: string;
  /** The duty in a sentence. It is part of the buttons' names, because the page has buttons for every duty. */
  sentence: string;
  /** Last day that the law allows; null if it names no period. */
  lastValidDay: string | null;
  /** True if the duty is confirmed and the confirmation can be extended. */
  isRenewal: boolean;
  whyNot: string | undefined;
};

/** Confirms a duty with one button. A reference, a note and a last day are folded, because few need them. */
export function ConfirmDuty({
  campaignId,
  ruleId,
  version,
  sentence,
  lastValidDay,
  isRenewal,
  whyNot,
}: ConfirmDutyProps) {
  const t = useTranslations("duties");
  const trpc = useTRPC();
  const { onSuccess } = useRefreshed();
  const confirm = useMutation(trpc.campaign.confirmDuty.mutationOptions({ onSuccess }));
  return (
    <form
      className="grid w-full max-w-[32rem] grid-cols-1 gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const validUntil = typedText(form, "validUntil");
        confirm.mutate({
          campaignId,
          ruleId,
          version,
          reference: typedText(form, "reference"),
          note: typedText(form, "note"),
          ...(validUntil && { validUntil }),
        });
      }}
    >
      {confirm.error && <Banner tone="bad" role="alert" title={confirm.error.message} />}
      <div>
        <Button
          type="submit"
          aria-label={t(isRenewal ? "renewOne" : "confirmOne", { duty: sentence })}
          whyNot={whyNot}
          busy={confirm.isPending && t("confirming")}
        >
          {t(isRenewal ? "renew" : "confirm")}
        </Button>
      </div>
      {whyNot === undefined && (
        <MoreFields title={t("more")} note={t("moreNote")}>
          <Field label={t("referenceField")} hint={t("referenceHint")} isOptional>
            {(wired) => <Input {...wired} name="reference" maxLength={80} autoComplete="off" />}
          </Field>
          <Field
            label={t("validUntilField")}
            hint={t(lastValidDay === null ? "validUntilHint" : "validUntilLaw")}
            isOptional={lastValidDay === null}
          >
            {(wired) => (
              <Input
                {...wired}
                type="date"
                name="validUntil"
                {...(lastValidDay !== null && {
                  defaultValue: lastValidDay,
                  max: lastValidDay,
                  required: true,
                })}
              />
            )}
          </Field>
          <Field label={t("noteField")} isOptional>
            {(wired) => <Textarea {...wired} name="note" maxLength={500} />}
          </Field>
        </MoreFields>
      )}
    </form>
  );
}

type WithdrawDutyProps = {
  campaignId: CampaignId;
  confirmationId: DutyConfirmationId;
  sentence: string;
  isForSeller: boolean;
  whyNot: string | undefined;
};

/** Takes a confirmation back, with a reason that stays on record. */
export function WithdrawDuty({
  campaignId,
  confirmationId,
  sentence,
  isForSeller,
  whyNot,
}: WithdrawDutyProps) {
  const t = useTranslations("duties");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t("withdraw"),
        openOne: t("withdrawOne", { duty: sentence }),
        title: t("withdrawTitle"),
      }}
      whyNot={whyNot}
      read={(form) => ({
        data: { campaignId, confirmationId, reason: typedText(form, "reason") },
      })}
      saving={useMutation(trpc.campaign.withdrawDuty.mutationOptions())}
    >
      <p>{sentence}</p>
      <p>{t(isForSeller ? "withdrawSeller" : "withdrawCampaign")}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

"use client";
import type { HoldScope } from "@ringfence/core/desk/legal-hold";
import type { LegalHoldId, LegalHoldLiftId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, ReasonField } from "@/components/fields";
import { MessageText } from "@/components/message-text";
import { typedText } from "@/components/typed-text";
import { useShowDone, useTRPC } from "@/trpc/client";

type PlaceHoldProps = {
  /** Subject of the hold. For `campaign` without a key, the form asks for the key. */
  on: HoldScope | "campaign";
  whyNot: string | undefined;
};

/** Places a legal hold, with a reason. */
export function PlaceHold({ on, whyNot }: PlaceHoldProps) {
  const t = useTranslations("legalHold");
  const trpc = useTRPC();
  const scope = on === "campaign" ? on : on.scope;
  return (
    <EditDialog
      words={{ open: t(`place.${scope}`), title: t(`place.${scope}`) }}
      whyNot={whyNot}
      read={(form) => ({
        data: {
          on: on === "campaign" ? { scope: on, campaign: typedText(form, "campaign") } : on,
          reason: typedText(form, "reason"),
        },
      })}
      saving={useMutation(trpc.legalHold.place.mutationOptions())}
    >
      <p>{t("placeBody")}</p>
      {on === "campaign" && (
        <Field label={t("campaignKey")} hint={t("campaignHint")}>
          {(wired) => <Input {...wired} name="campaign" required maxLength={128} />}
        </Field>
      )}
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

type ProposeLiftProps = { holdId: LegalHoldId; whyNot: string | undefined };

/** Proposes to lift a hold. It stays in force until another officer agrees. */
export function ProposeLift({ holdId, whyNot }: ProposeLiftProps) {
  const t = useTranslations("legalHold");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{ open: t("proposeLift"), title: t("proposeLift") }}
      whyNot={whyNot}
      read={(form) => ({ data: { holdId, reason: typedText(form, "reason") } })}
      saving={useMutation(trpc.legalHold.proposeLift.mutationOptions())}
    >
      <p>{t("proposeLiftBody")}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

type AnswerLiftProps = {
  liftId: LegalHoldLiftId;
  /** Why the member may not accept; null if they may. */
  acceptFault: Message | null;
  whyNot: string | undefined;
};

/** Lets another officer agree to lift a hold, or decline. */
export function AnswerLift({ liftId, acceptFault, whyNot }: AnswerLiftProps) {
  const t = useTranslations("legalHold");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const answer = useMutation(
    trpc.legalHold.answerLift.mutationOptions({ onSuccess: () => showDone(t("answered")) }),
  );
  return (
    <div className="flex flex-wrap items-start gap-2 pt-1.5">
      {whyNot === undefined && acceptFault !== null ? (
        <Button size="small" whyNot={<MessageText message={acceptFault} />}>
          {t("lift")}
        </Button>
      ) : (
        <Button
          size="small"
          whyNot={whyNot}
          busy={answer.isPending && t("answering")}
          onClick={() => answer.mutate({ liftId, isAccepted: true })}
        >
          {t("lift")}
        </Button>
      )}
      <Button
        size="small"
        whyNot={whyNot}
        onClick={() => answer.mutate({ liftId, isAccepted: false })}
      >
        {t("keep")}
      </Button>
      {answer.error && <p role="alert">{answer.error.message}</p>}
    </div>
  );
}

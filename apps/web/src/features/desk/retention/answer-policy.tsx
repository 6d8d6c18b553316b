"use client";
import type { RetentionPolicyId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { ReasonField } from "@/components/fields";
import { MessageText } from "@/components/message-text";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

type AnswerPolicyProps = {
  policyId: RetentionPolicyId;
  /** Why the member may not publish it; null if they may. */
  publishFault: Message | null;
  whyNot: string | undefined;
};

/** Lets another officer publish a proposed policy, or decline it, with a reason. */
export function AnswerPolicy({ policyId, publishFault, whyNot }: AnswerPolicyProps) {
  const t = useTranslations("retention");
  return (
    <div className="flex flex-wrap items-start gap-2 pt-3">
      {whyNot === undefined && publishFault !== null ? (
        <Button size="small" whyNot={<MessageText message={publishFault} />}>
          {t("publish")}
        </Button>
      ) : (
        <Answer policyId={policyId} isPublished whyNot={whyNot} />
      )}
      <Answer policyId={policyId} isPublished={false} whyNot={whyNot} />
    </div>
  );
}

type AnswerProps = {
  policyId: RetentionPolicyId;
  isPublished: boolean;
  whyNot: string | undefined;
};

function Answer({ policyId, isPublished, whyNot }: AnswerProps) {
  const t = useTranslations("retention");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t(isPublished ? "publish" : "decline"),
        title: t(isPublished ? "publishTitle" : "declineTitle"),
      }}
      whyNot={whyNot}
      read={(form) => ({ data: { policyId, isPublished, reason: typedText(form, "reason") } })}
      saving={useMutation(trpc.retention.answer.mutationOptions())}
    >
      <p>{t(isPublished ? "publishBody" : "declineBody")}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import type { Message } from "@ringfence/core/platform/message";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { ReasonField } from "@/components/fields";
import { MessageText } from "@/components/message-text";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

type ProposeAcceptanceProps = {
  /** Hashes of the changes. */
  changes: string[];
  /** Name of the part, if it is a single change. */
  part?: string;
  whyNot: string | undefined;
};

/** Proposes to accept changes of the law. The former rules judge until another officer accepts. */
export function ProposeAcceptance({ changes, part, whyNot }: ProposeAcceptanceProps) {
  const t = useTranslations("lawUpdates");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: part === undefined ? t("proposeAll", { count: changes.length }) : t("propose"),
        ...(part !== undefined && { openOne: t("proposeOne", { part }) }),
        title: t("proposeTitle"),
      }}
      whyNot={whyNot}
      read={(form) => ({ data: { changes, reason: typedText(form, "reason") } })}
      saving={useMutation(trpc.jurisdiction.proposeAcceptance.mutationOptions())}
    >
      <p>{t("proposeBody")}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

type AnswerAcceptanceProps = {
  id: string;
  /** Why the member may not accept; null if they may. */
  acceptFault: Message | null;
  whyNot: string | undefined;
};

/** Lets another officer accept or decline a proposal, with a reason. */
export function AnswerAcceptance({ id, acceptFault, whyNot }: AnswerAcceptanceProps) {
  const t = useTranslations("lawUpdates");
  return (
    <div className="flex flex-wrap items-start gap-2 pt-1.5">
      {whyNot === undefined && acceptFault !== null ? (
        <Button size="small" whyNot={<MessageText message={acceptFault} />}>
          {t("accept")}
        </Button>
      ) : (
        <Answer id={id} isAccepted whyNot={whyNot} />
      )}
      <Answer id={id} isAccepted={false} whyNot={whyNot} />
    </div>
  );
}

type AnswerProps = { id: string; isAccepted: boolean; whyNot: string | undefined };

function Answer({ id, isAccepted, whyNot }: AnswerProps) {
  const t = useTranslations("lawUpdates");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t(isAccepted ? "accept" : "decline"),
        title: t(isAccepted ? "acceptTitle" : "declineTitle"),
      }}
      whyNot={whyNot}
      read={(form) => ({ data: { id, isAccepted, reason: typedText(form, "reason") } })}
      saving={useMutation(trpc.jurisdiction.answerAcceptance.mutationOptions())}
    >
      <p>{t(isAccepted ? "acceptBody" : "declineBody")}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

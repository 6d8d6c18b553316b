"use client";

import type { OptOutCorrectionId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { useTranslations } from "next-intl";
import { AcceptOrLeave } from "@/components/accept-or-leave";
import { useCorrections } from "./use-corrections";

type AnswerCorrectionProps = {
  id: OptOutCorrectionId;
  acceptFault: Message | null;
  whyNot: string | undefined;
};

/** Lets an officer lift the refusal of the wrong number, or leave it. */
export function AnswerCorrection({ id, acceptFault, whyNot }: AnswerCorrectionProps) {
  const t = useTranslations("correction");
  const { answer } = useCorrections();
  return (
    <AcceptOrLeave
      words={{ accept: t("accept"), leave: t("leave"), answering: t("answering") }}
      {...{ acceptFault, whyNot }}
      pending={answer.isPending ? answer.variables.isAccepted : undefined}
      error={answer.error?.message}
      onAnswer={(isAccepted) => answer.mutate({ id, isAccepted })}
    >
      <p className="max-w-[46rem] text-sm text-pretty text-muted">{t("lists")}</p>
    </AcceptOrLeave>
  );
}

"use client";

import type { BurstLiftingId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { useTranslations } from "next-intl";
import { AcceptOrLeave } from "@/components/accept-or-leave";
import { useBurst } from "./use-burst";

type AnswerLiftingProps = {
  id: BurstLiftingId;
  acceptFault: Message | null;
  whyNot: string | undefined;
};

/** Lets an officer lift the refusals of a burst or leave them in force. */
export function AnswerLifting({ id, acceptFault, whyNot }: AnswerLiftingProps) {
  const t = useTranslations("bursts");
  const { answer } = useBurst();
  return (
    <AcceptOrLeave
      words={{ accept: t("accept"), leave: t("leave"), answering: t("answering") }}
      {...{ acceptFault, whyNot }}
      pending={answer.isPending ? answer.variables.isAccepted : undefined}
      error={answer.error?.message}
      onAnswer={(isAccepted) => answer.mutate({ id, isAccepted })}
    />
  );
}

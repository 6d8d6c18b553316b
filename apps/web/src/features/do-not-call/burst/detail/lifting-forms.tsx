"use client";
import type { BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Checkbox } from "@/components/fields";
import {
  AcceptOrLeave,
  type AnswerLimits,
  NOT_EMPTY,
  RequestReason,
} from "@/components/accept-or-leave";
import { useMutation } from "@tanstack/react-query";
import { useRefreshed, useTRPC } from "@/trpc/client";

type ProposeLiftingProps = {
  id: RefusalBurstId;
  /** False once the burst is dismissed or lifted. */
  mayDismiss: boolean;
};

/** Lets an officer ask another to lift the opt-outs of a burst, or leave them all in force. */
export function ProposeLifting({ id, mayDismiss }: ProposeLiftingProps) {
  const t = useTranslations("bursts");
  const { propose, dismiss } = useBurst();
  const form = useForm({ defaultValues: { reason: "", includesProof: false } });
  const submit = form.handleSubmit((given) => propose.mutate({ id, ...given }));
  return (
    <form className="grid max-w-[32rem] gap-4 pt-3" onSubmit={submit}>
      <p className="text-pretty">{t("askBody")}</p>
      {propose.error && <Banner tone="bad" role="alert" title={propose.error.message} />}
      <RequestReason
        label={t("reason")}
        hint={t("reasonHint")}
        fault={form.formState.errors.reason && t("reasonMissing")}
        input={form.register("reason", NOT_EMPTY)}
      />
      <Checkbox
        label={t("includesProof")}
        hint={t("includesProofHint")}
        {...form.register("includesProof")}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={propose.isPending && t("asking")}>
          {t("ask")}
        </Button>
        {mayDismiss && (
          <Button
            busy={dismiss.isPending && t("dismissing")}
            onClick={() => dismiss.mutate({ id })}
          >
            {t("dismiss")}
          </Button>
        )}
      </div>
    </form>
  );
}

type AnswerLiftingProps = AnswerLimits & { id: BurstLiftingId };

/** Lets an officer lift the opt-outs of a burst or leave them in force. */
export function AnswerLifting({ id, ...limits }: AnswerLiftingProps) {
  const t = useTranslations("bursts");
  const { answer } = useBurst();
  return (
    <AcceptOrLeave
      words={{ accept: t("accept"), leave: t("leave"), answering: t("answering") }}
      {...limits}
      answer={answer}
      onAnswer={(isAccepted) => answer.mutate({ id, isAccepted })}
    />
  );
}

/** Actions of officers on a burst. Each refreshes the page. */
function useBurst() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    dismiss: useMutation(trpc.burst.dismiss.mutationOptions(options)),
    propose: useMutation(trpc.burst.proposeLifting.mutationOptions(options)),
    answer: useMutation(trpc.burst.answerLifting.mutationOptions(options)),
  };
}

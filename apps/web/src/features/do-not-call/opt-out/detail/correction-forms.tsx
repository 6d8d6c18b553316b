"use client";
import type { OptOutCorrectionId, OptOutId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Field, Input } from "@/components/fields";
import {
  AcceptOrLeave,
  type AnswerLimits,
  NOT_EMPTY,
  RequestReason,
} from "@/components/accept-or-leave";
import { useMutation } from "@tanstack/react-query";
import { useRefreshed, useTRPC } from "@/trpc/client";

/** Asks another officer to lift the opt-out of a wrong number. The right number is opted out at once. */
export function ProposeCorrection({ optOutId }: { optOutId: OptOutId }) {
  const t = useTranslations("correction");
  const { propose } = useCorrections();
  const form = useForm({ defaultValues: { rightPhone: "", reason: "" } });
  const submit = form.handleSubmit(({ rightPhone, reason }) => {
    const right = rightPhone.trim();
    propose.mutate({ optOut: optOutId, reason, ...(right !== "" && { rightPhone: right }) });
  });
  return (
    <form className="grid max-w-[32rem] gap-4 pt-3" onSubmit={submit}>
      <p className="text-pretty">{t("body")}</p>
      {propose.error && <Banner tone="bad" role="alert" title={propose.error.message} />}
      <Field label={t("rightPhone")} isOptional hint={t("rightPhoneHint")}>
        {(wired) => (
          <Input
            {...wired}
            type="tel"
            autoComplete="off"
            maxLength={256}
            {...form.register("rightPhone")}
          />
        )}
      </Field>
      <RequestReason
        label={t("reason")}
        hint={t("reasonHint")}
        fault={form.formState.errors.reason && t("reasonMissing")}
        input={form.register("reason", NOT_EMPTY)}
      />
      <div>
        <Button type="submit" look="primary" busy={propose.isPending && t("asking")}>
          {t("ask")}
        </Button>
      </div>
    </form>
  );
}

type AnswerCorrectionProps = AnswerLimits & { id: OptOutCorrectionId };

/** Lets an officer lift the opt-out of the wrong number, or leave it in force. */
export function AnswerCorrection({ id, ...limits }: AnswerCorrectionProps) {
  const t = useTranslations("correction");
  const { answer } = useCorrections();
  return (
    <AcceptOrLeave
      words={{ accept: t("accept"), leave: t("leave"), answering: t("answering") }}
      {...limits}
      answer={answer}
      onAnswer={(isAccepted) => answer.mutate({ id, isAccepted })}
    >
      <p className="max-w-[46rem] text-sm text-pretty text-muted">{t("lists")}</p>
    </AcceptOrLeave>
  );
}

/** Mutations for correcting an opt-out of a wrong number. Each one refreshes the page. */
function useCorrections() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    propose: useMutation(trpc.optOut.proposeCorrection.mutationOptions(options)),
    answer: useMutation(trpc.optOut.answerCorrection.mutationOptions(options)),
  };
}

"use client";
import type { RegistryId } from "@ringfence/core/ids";
import {
  AttestAnswer as Attest,
  ReviewAnswer as Review,
} from "@ringfence/core/do-not-call/registry";
import type { RegistryQuestionView } from "@ringfence/services/do-not-call/registry";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, Textarea } from "@/components/fields";
import { MessageText } from "@/components/message-text";
import { useRefreshed, useTRPC } from "@/trpc/client";

type AskProps = { registryId: RegistryId; whyNot: string | undefined };

/** Creates a question for the operator of a list. The page then offers its file. */
export function AskOperator({ registryId, whyNot }: AskProps) {
  const t = useTranslations("operatorAnswers");
  const trpc = useTRPC();
  const ask = useMutation(trpc.registry.ask.mutationOptions(useRefreshed()));
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot}
        busy={ask.isPending && t("asking")}
        onClick={() => ask.mutate({ registryId })}
      >
        {t("ask")}
      </Button>
      {ask.error && (
        <p role="alert" className="text-sm font-medium text-refuse">
          {ask.error.message}
        </p>
      )}
    </>
  );
}

type QuestionProps = {
  registryId: RegistryId;
  question: RegistryQuestionView;
  whyNot: string | undefined;
};

/** Attests the operator's answer: its day, the numbers that it is about, and which of them are listed. */
export function AttestAnswer({ registryId, question, whyNot }: QuestionProps) {
  const t = useTranslations("operatorAnswers");
  const trpc = useTRPC();
  const named = { registryId, questionId: question.id };
  const fields = [
    { name: "day", type: "date" },
    { name: "numbers", type: "number" },
    { name: "sha256", type: "text" },
    { name: "listed", type: "number" },
  ] as const;
  return (
    <EditDialog
      words={{ open: t("attest"), title: t("attestTitle") }}
      whyNot={whyNot}
      read={(form) =>
        Attest.safeParse({
          ...named,
          ...Object.fromEntries(form),
          numbers: Number(form.get("numbers")),
          listed: Number(form.get("listed")),
        })
      }
      saving={useMutation(trpc.registry.attest.mutationOptions())}
    >
      {fields.map(({ name, type }) => (
        <Field key={name} label={t(`fields.${name}`)} hint={t(`hints.${name}`)}>
          {(wired) => <Input {...wired} name={name} type={type} required />}
        </Field>
      ))}
      <Field label={t("fields.listedNumbers")} hint={t("hints.listedNumbers")}>
        {(wired) => <Textarea {...wired} name="listedNumbers" rows={6} />}
      </Field>
      <Field label={t("fields.operator")} hint={t("hints.operator")}>
        {(wired) => <Textarea {...wired} name="operator" maxLength={500} required />}
      </Field>
    </EditDialog>
  );
}

/** Accepts or rejects an answer that another officer attested, with a reason. */
export function ReviewAnswer({ registryId, question, whyNot }: QuestionProps) {
  const t = useTranslations("operatorAnswers");
  const { acceptFault } = question;
  return (
    <>
      {acceptFault && whyNot === undefined ? (
        <Button size="small" whyNot={<MessageText message={acceptFault} />}>
          {t("accept")}
        </Button>
      ) : (
        <ReviewDialog {...{ registryId, question, whyNot }} verdict="accepted" />
      )}
      <ReviewDialog {...{ registryId, question, whyNot }} verdict="rejected" />
    </>
  );
}

function ReviewDialog({
  registryId,
  question,
  whyNot,
  verdict,
}: QuestionProps & { verdict: "accepted" | "rejected" }) {
  const t = useTranslations("operatorAnswers");
  const trpc = useTRPC();
  const named = { registryId, questionId: question.id, verdict };
  return (
    <EditDialog
      words={{
        open: t(verdict === "accepted" ? "accept" : "reject"),
        title: t(`${verdict}Title`),
      }}
      whyNot={whyNot}
      read={(form) => Review.safeParse({ ...named, reason: form.get("reason") })}
      saving={useMutation(trpc.registry.settleAnswer.mutationOptions())}
    >
      <p>{t(`${verdict}Body`)}</p>
      <Field label={t("fields.reason")} hint={t("hints.reason")}>
        {(wired) => <Textarea {...wired} name="reason" maxLength={500} required />}
      </Field>
    </EditDialog>
  );
}

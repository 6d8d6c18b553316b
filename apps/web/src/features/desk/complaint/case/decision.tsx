"use client";
import { ComplaintDecision } from "@ringfence/core/desk/complaint";
import type { ComplaintId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { ChoiceField, Field, Textarea } from "@/components/fields";
import { SubmitForm } from "@/components/save-form";
import { useShowDone, useTRPC } from "@/trpc/client";

const MAX_TEXT = 10_000;

type WordsProps = { label: string; hint: string; text: string; onText: (text: string) => void };

const Words = ({ label, hint, text, onText }: WordsProps) => (
  <Field label={label} hint={hint}>
    {(wired) => (
      <Textarea
        {...wired}
        rows={5}
        maxLength={MAX_TEXT}
        required
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
    )}
  </Field>
);

type DecisionFormProps = {
  complaintId: ComplaintId;
  whyNot: string | undefined;
  /** Why another officer has to decide, and not this member; null if they can. */
  fault: string | null;
};

/** Decides a complaint with reasons, or ends one that the person takes back. */
export function DecisionForm({ complaintId, whyNot, fault }: DecisionFormProps) {
  const t = useTranslations("complaint");
  const decisions = useTranslations("complaints.decisions");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const options = { onSuccess: () => showDone(t("decidedNow")) };
  const decide = useMutation(trpc.complaint.decide.mutationOptions(options));
  const withdraw = useMutation(trpc.complaint.withdraw.mutationOptions(options));
  const [decision, setDecision] = useState<ComplaintDecision>("upheld");
  const [text, setText] = useState("");
  if (fault !== null) return <Banner tone="locked" title={fault} />;
  return (
    <SubmitForm
      className="grid gap-4 pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (decision === "withdrawn") withdraw.mutate({ complaintId, text });
        else decide.mutate({ complaintId, decision, text });
      }}
      error={decide.error?.message ?? withdraw.error?.message}
      submit={t("decide")}
      busy={(decide.isPending || withdraw.isPending) && t("saving")}
      whyNot={whyNot}
    >
      <ChoiceField
        label={t("decisionLabel")}
        hint={t(`decisionHints.${decision}`)}
        choices={ComplaintDecision.options.map((key) => ({ key, name: decisions(key) }))}
        chosen={decision}
        onChoose={setDecision}
      />
      <Words label={t("reasons")} hint={t("reasonsHint")} text={text} onText={setText} />
    </SubmitForm>
  );
}

type AppealFormProps = { complaintId: ComplaintId; whyNot: string | undefined };

/** Opens a decided complaint again. */
export function AppealForm({ complaintId, whyNot }: AppealFormProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const appeal = useMutation(
    trpc.complaint.appeal.mutationOptions({ onSuccess: () => showDone(t("appealedNow")) }),
  );
  const [text, setText] = useState("");
  return (
    <SubmitForm
      className="grid max-w-[32rem] gap-4 pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        appeal.mutate({ complaintId, text });
      }}
      error={appeal.error?.message}
      submit={t("openAgain")}
      busy={appeal.isPending && t("saving")}
      whyNot={whyNot}
    >
      <Words label={t("appealText")} hint={t("appealHint")} text={text} onText={setText} />
    </SubmitForm>
  );
}

"use client";

import type { CheckAnswer, CheckId } from "@ringfence/core/consents/form-check";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Button } from "../button";
import { Field } from "../field";
import { RadioGroup } from "../radio-group";
import { Textarea } from "../textarea";

type AnswerQuestionProps = { check: CheckId; onAnswer: (answer: CheckAnswer) => void };

/** Asks a person where software cannot tell: yes or no, with a note. */
export function AnswerQuestion({ check, onAnswer }: AnswerQuestionProps) {
  const t = useTranslations("formChecks.answer");
  const [isIncomplete, setIncomplete] = useState(false);

  function answer(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [holds, said] = [fields.get("holds"), fields.get("note")];
    const note = typeof said === "string" ? said.trim() : "";
    const isWhole = holds !== null && note !== "";
    setIncomplete(!isWhole);
    if (isWhole) onAnswer({ check, holds: holds === "yes", note });
  }
  return (
    <form onSubmit={answer} className="mt-1 grid max-w-[30rem] gap-3">
      <RadioGroup
        legend={t("legend")}
        radio={{ name: "holds" }}
        choices={[
          { value: "yes", label: t("yes") },
          { value: "no", label: t("no") },
        ]}
      />
      <Field label={t("note")} hint={t("noteHint")} fault={isIncomplete ? t("missing") : undefined}>
        {(wired) => <Textarea {...wired} name="note" rows={2} maxLength={1_000} />}
      </Field>
      <div>
        <Button type="submit">{t("send")}</Button>
      </div>
    </form>
  );
}

"use client";

import type { CheckAnswer } from "@ringfence/core/form-check";
import type { CaptureFormId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { useTRPC } from "@/trpc/client";

type AnswerCheckProps = {
  id: CaptureFormId;
  check: CheckAnswer["check"];
  whyNot: string | undefined;
};

/** An officer's answer where software could not tell; it is signed, and stays with the version. */
export function AnswerCheck({ id, check, whyNot }: AnswerCheckProps) {
  const t = useTranslations("formChecks");
  const router = useRouter();
  const trpc = useTRPC();
  const answer = useMutation(
    trpc.captureForm.answer.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  if (whyNot) return <p className="text-sm text-muted">{whyNot}</p>;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget, submitterOf(event.nativeEvent));
        const note = String(data.get("note") ?? "");
        answer.mutate({ id, check, note, holds: data.get("holds") === "true" });
      }}
    >
      <Field label={t("note")} fault={answer.error?.message}>
        {(wired) => <Input {...wired} name="note" required maxLength={1_000} />}
      </Field>
      <Button type="submit" name="holds" value="true">
        {t("sayHolds")}
      </Button>
      <Button type="submit" name="holds" value="false">
        {t("sayFails")}
      </Button>
    </form>
  );
}

const submitterOf = (event: Event) => (event instanceof SubmitEvent ? event.submitter : null);

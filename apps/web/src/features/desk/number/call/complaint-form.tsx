"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Checkbox, Field, Textarea } from "@/components/fields";
import { takeFocus } from "@/components/single-keys";
import { useTRPC } from "@/trpc/client";

const MAX_TEXT_LENGTH = 2_000;

type ComplaintFormProps = {
  /** E.164. */
  phone: string;
  onRecorded: () => void;
};

/** Records a complaint of the person on the line, for an officer to answer. */
export function ComplaintForm({ phone, onRecorded }: ComplaintFormProps) {
  const t = useTranslations("call.complaint");
  const trpc = useTRPC();
  const form = useForm({ defaultValues: { text: "", refusesCalls: false } });
  const file = useMutation(
    trpc.complaint.file.mutationOptions({
      onSuccess: () => {
        form.reset();
        onRecorded();
      },
    }),
  );
  const submit = form.handleSubmit((said) => {
    if (!file.isPending) file.mutate({ phone, ...said });
  });
  return (
    <form className="grid gap-3" onSubmit={submit}>
      <output>
        {file.data && (
          <div key={file.submittedAt} tabIndex={-1} ref={takeFocus}>
            <Banner title={t(file.data.fault ? "optOutOnly" : "filed")} />
          </div>
        )}
      </output>
      {file.error && <Banner tone="bad" role="alert" title={file.error.message} />}
      <Field label={t("text")} hint={t("hint")} fault={form.formState.errors.text && t("missing")}>
        {(wired) => (
          <Textarea
            {...wired}
            maxLength={MAX_TEXT_LENGTH}
            {...form.register("text", { validate: (text) => text.trim() !== "" })}
          />
        )}
      </Field>
      <Checkbox label={t("refuses")} {...form.register("refusesCalls")} />
      <div>
        {/* Stays enabled while it files, because a disabled button loses the focus. */}
        <Button type="submit">{t(file.isPending ? "filing" : "file")}</Button>
      </div>
    </form>
  );
}

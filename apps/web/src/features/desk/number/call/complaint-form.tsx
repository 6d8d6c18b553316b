"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Checkbox, Field, Textarea } from "@/components/fields";
import { useTRPC } from "@/trpc/client";

const MAX_TEXT_LENGTH = 2_000;

type ComplaintFormProps = {
  /** E.164. */
  phone: string;
};

/** Records a complaint of the person on the line, for an officer to answer. */
export function ComplaintForm({ phone }: ComplaintFormProps) {
  const t = useTranslations("call.complaint");
  const trpc = useTRPC();
  const form = useForm({ defaultValues: { text: "", refusesCalls: false } });
  const file = useMutation(trpc.complaint.file.mutationOptions({ onSuccess: () => form.reset() }));
  const submit = form.handleSubmit((said) => file.mutate({ phone, ...said }));
  return (
    <details className="mt-6 max-w-[40rem] border-t border-line pt-3">
      <summary className="text-base">{t("title")}</summary>
      <form className="grid gap-3 pt-3" onSubmit={submit}>
        <output>
          {file.data && <Banner title={t(file.data.fault ? "optOutOnly" : "filed")} />}
        </output>
        {file.error && <Banner tone="bad" role="alert" title={file.error.message} />}
        <Field
          label={t("text")}
          hint={t("hint")}
          fault={form.formState.errors.text && t("missing")}
        >
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
          <Button type="submit" busy={file.isPending && t("filing")}>
            {t("file")}
          </Button>
        </div>
      </form>
    </details>
  );
}

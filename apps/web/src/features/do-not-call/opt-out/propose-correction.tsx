"use client";

import type { OptOutId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Textarea } from "@/components/textarea";
import { useCorrections } from "./use-corrections";

const MOST_REASON = 2_000;

/** Asks another officer to correct a refusal of a wrong number; the right one is refused at once. */
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
      <Field
        label={t("reason")}
        hint={t("reasonHint")}
        fault={form.formState.errors.reason && t("reasonMissing")}
      >
        {(wired) => (
          <Textarea
            {...wired}
            maxLength={MOST_REASON}
            {...form.register("reason", { validate: (text) => text.trim() !== "" })}
          />
        )}
      </Field>
      <div>
        <Button type="submit" look="primary" busy={propose.isPending && t("asking")}>
          {t("ask")}
        </Button>
      </div>
    </form>
  );
}

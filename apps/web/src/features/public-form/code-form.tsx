"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Field } from "@/components/field";
import { PublicInput } from "./public-input";
import { PublicSubmit } from "./public-submit";
import { typeCode } from "./type-code";

/** Where a person types the code of the message. */
export function CodeForm(place: { address: string; reference: string }) {
  const t = useTranslations("publicForm");
  const [fault, type] = useActionState(typeCode.bind(null, place), null);
  return (
    <form action={type} className="grid gap-5">
      <Field label={t("code")} fault={fault ?? undefined}>
        {(wired) => (
          <PublicInput
            {...wired}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            required
          />
        )}
      </Field>
      <PublicSubmit busy={t("sending")}>{t("confirm")}</PublicSubmit>
    </form>
  );
}

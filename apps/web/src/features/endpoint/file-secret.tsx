"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Textarea } from "@/components/textarea";

type FileSecretProps = { secret: string; isFault: boolean; onSecret: (secret: string) => void };

/** A password or a private key, which has several lines. */
export function FileSecret({ secret, isFault, onSecret }: FileSecretProps) {
  const t = useTranslations("fileFields.secret");
  return (
    <Field label={t("label")} hint={t("hint")} fault={isFault ? t("fault") : undefined}>
      {(wired) => (
        <Textarea
          {...wired}
          value={secret}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => onSecret(currentTarget.value)}
        />
      )}
    </Field>
  );
}

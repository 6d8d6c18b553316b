"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { SecretText } from "@/components/secret-text";

type FileSecretProps = {
  secret: string;
  /** Whether the one before stays where none is given. */
  stays: boolean;
  isFault: boolean;
  onSecret: (secret: string) => void;
};

/** What lets us in at the server. */
export function FileSecret({ secret, stays, isFault, onSecret }: FileSecretProps) {
  const t = useTranslations("fileFields.secret");
  return (
    <Field
      label={t("label")}
      hint={t(stays ? "stays" : "hint")}
      fault={isFault ? t("fault") : undefined}
    >
      {(wired) => <SecretText {...wired} secret={secret} onSecret={onSecret} />}
    </Field>
  );
}

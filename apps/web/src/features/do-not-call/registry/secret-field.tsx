"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { SecretText } from "@/components/secret-text";

type SecretFieldProps = {
  kind: "http" | "sftp" | "s3" | "us-ftc" | "au-washing" | "sg-realtime" | "us-dncscrub";
  secret: string;
  hasSecret: boolean;
  onSecret: (secret: string) => void;
  fault: string | undefined;
};

/** What opens a source: it is entered, kept encrypted, and never shown again. */
export function SecretField({ kind, secret, hasSecret, onSecret, fault }: SecretFieldProps) {
  const t = useTranslations("registryForm");
  return (
    <Field
      label={t(`secrets.${kind}`)}
      hint={t(hasSecret ? "secretKept" : "secretHint")}
      fault={fault}
    >
      {(wired) =>
        kind === "sftp" || kind === "sg-realtime" ? (
          <SecretText {...wired} secret={secret} onSecret={onSecret} />
        ) : (
          <Input
            {...wired}
            type="password"
            autoComplete="new-password"
            value={secret}
            onChange={({ currentTarget }) => onSecret(currentTarget.value)}
          />
        )
      }
    </Field>
  );
}

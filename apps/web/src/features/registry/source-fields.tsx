"use client";

import type { RegistryFormat } from "@ringfence/core/registry";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { RadioGroup } from "@/components/radio-group";
import { FtcFields } from "./ftc-fields";
import { SecretField } from "./secret-field";
import { type SourceDraft, sourceFields, type SourceField, sourceKindsFor } from "./source-draft";

type SourceFieldsProps = {
  source: SourceDraft;
  format: RegistryFormat;
  onSource: (source: SourceDraft) => void;
  secret: string;
  /** One is kept already. */
  hasSecret: boolean;
  onSecret: (secret: string) => void;
  faultOf: (field: SourceField | "secret" | "isCertified") => string | undefined;
};

/** Where the files of a registry come from. */
export function SourceFields({ source, format, onSource, faultOf, ...secret }: SourceFieldsProps) {
  const t = useTranslations("registryForm");
  const { kind, texts } = source;
  const kinds = sourceKindsFor(format);
  const hasUser = Boolean(texts["user"]);
  return (
    <>
      <RadioGroup
        legend={t("source")}
        choices={kinds.map((value) => ({
          value,
          label: t(`sources.${value}`),
          hint: t(`sourceHints.${value}`),
        }))}
        chosen={kind}
        radio={{
          name: "source",
          onChange({ currentTarget }) {
            const chosen = kinds.find((kind) => kind === currentTarget.value);
            if (chosen) onSource({ ...source, kind: chosen });
          },
        }}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        {sourceFields[kind].map((field) => (
          <Field
            key={field}
            label={t(`fields.${field}`)}
            hint={t(`fieldHints.${field}`)}
            fault={faultOf(field)}
          >
            {(wired) => (
              <Input
                {...wired}
                value={texts[field] ?? ""}
                onChange={({ currentTarget }) =>
                  onSource({ kind, texts: { ...texts, [field]: currentTarget.value } })
                }
              />
            )}
          </Field>
        ))}
      </div>
      {kind === "us-ftc" && (
        <FtcFields
          texts={texts}
          onTexts={(more) => onSource({ kind, texts: { ...texts, ...more } })}
          fault={faultOf("isCertified")}
        />
      )}
      {(kind === "sftp" ||
        kind === "s3" ||
        kind === "us-ftc" ||
        kind === "au-washing" ||
        kind === "sg-realtime" ||
        (kind === "http" && hasUser)) && (
        <SecretField kind={kind} {...secret} fault={faultOf("secret")} />
      )}
    </>
  );
}

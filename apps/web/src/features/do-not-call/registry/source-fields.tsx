"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { RadioGroup } from "@/components/radio-group";
import { FtcFields } from "./ftc-fields";
import type { RegistryDraft } from "./registry-draft";
import { SecretField } from "./secret-field";
import { type SourceDraft, sourceFields, type SourceField, sourceKindsFor } from "./source-draft";

type SourceFieldsProps = {
  draft: Pick<RegistryDraft, "source" | "format" | "secret">;
  onSource: (source: SourceDraft) => void;
  /** One is kept already. */
  hasSecret: boolean;
  onSecret: (secret: string) => void;
  faultOf: (field: SourceField | "secret" | "isCertified") => string | undefined;
};

/** Where the files of a registry come from. */
export function SourceFields({ draft, onSource, faultOf, ...props }: SourceFieldsProps) {
  const { source, format, secret } = draft;
  const t = useTranslations("registryForm");
  const { kind, texts } = source;
  const kinds = sourceKindsFor(format);
  const secretKind = secretKindOf(source);
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
      {secretKind && (
        <SecretField kind={secretKind} {...{ secret, ...props }} fault={faultOf("secret")} />
      )}
    </>
  );
}

/** Null of one that opens without a secret. */
function secretKindOf({ kind, texts }: SourceDraft) {
  if (kind === "folder" || kind === "upload") return null;
  return kind !== "http" || texts["user"] ? kind : null;
}

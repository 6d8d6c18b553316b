"use client";
import { useTranslations } from "next-intl";
import { Checkbox, Field, Input, RadioGroup, SecretText } from "@/components/fields";
import {
  type RegistryDraft,
  type SourceDraft,
  type SourceField,
  listSourceFields,
  sourceKindsFor,
} from "./draft";

type SourceFieldsProps = {
  draft: Pick<RegistryDraft, "source" | "format" | "secret">;
  onSource: (source: SourceDraft) => void;
  /** True if a secret is stored already. */
  hasSecret: boolean;
  onSecret: (secret: string) => void;
  findFault: (field: SourceField | "secret" | "isCertified") => string | undefined;
};

/** Chooses the source of a registry's files. */
export function SourceFields({ draft, onSource, findFault, ...props }: SourceFieldsProps) {
  const { source, format, secret } = draft;
  const t = useTranslations("registryForm");
  const { kind, texts } = source;
  const kinds = sourceKindsFor(format);
  const secretKind = findSecretKind(source);
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
      <SourceTextFields
        fields={listSourceFields(kind).usual}
        {...{ source, onSource, findFault }}
      />
      {kind === "us-ftc" && (
        <FtcFields
          texts={texts}
          onTexts={(more) => onSource({ kind, texts: { ...texts, ...more } })}
          fault={findFault("isCertified")}
        />
      )}
      {secretKind && (
        <SecretField kind={secretKind} {...{ secret, ...props }} fault={findFault("secret")} />
      )}
    </>
  );
}

type SourceTextFieldsProps = Pick<SourceFieldsProps, "onSource" | "findFault"> & {
  fields: readonly SourceField[];
  source: SourceDraft;
};

/** Some of the texts that describe a source. */
export function SourceTextFields({ fields, source, onSource, findFault }: SourceTextFieldsProps) {
  const t = useTranslations("registryForm");
  const { kind, texts } = source;
  if (fields.length === 0) return null;
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {fields.map((field) => (
        <Field
          key={field}
          label={t(`fields.${field}`)}
          hint={t(`fieldHints.${field}`)}
          fault={findFault(field)}
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
  );
}

/** Finds the kind of secret that a source needs; null if none. */
function findSecretKind({ kind, texts }: SourceDraft) {
  if (kind === "folder" || kind === "upload" || kind === "attested") return null;
  return kind !== "http" || texts["user"] ? kind : null;
}

type FtcFieldsProps = {
  texts: SourceDraft["texts"];
  onTexts: (texts: SourceDraft["texts"]) => void;
  fault: string | undefined;
};

const choices = {
  lists: ["changes", "full"],
  userType: ["Downloader", "Representative"],
} as const;

/** Extra fields of the FTC's download service. */
function FtcFields({ texts, onTexts, fault }: FtcFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <>
      {(["userType", "lists"] as const).map((name) => (
        <RadioGroup
          key={name}
          legend={t(`ftc.${name}`)}
          choices={choices[name].map((value) => ({
            value,
            label: t(`ftc.${value}`),
            hint: t(`ftcHints.${value}`),
          }))}
          chosen={texts[name] ?? choices[name][0]}
          radio={{
            name,
            onChange: ({ currentTarget }) => onTexts({ [name]: currentTarget.value }),
          }}
        />
      ))}
      <div>
        <Checkbox
          label={t("ftc.isCertified")}
          hint={t("ftcHints.isCertified")}
          checked={texts["isCertified"] === "true"}
          aria-invalid={fault !== undefined}
          onChange={({ currentTarget }) => onTexts({ isCertified: String(currentTarget.checked) })}
        />
        {fault && (
          <p role="alert" className="text-sm font-medium text-refuse">
            {fault}
          </p>
        )}
      </div>
    </>
  );
}

type SecretFieldProps = {
  kind: "http" | "sftp" | "s3" | "us-ftc" | "au-washing" | "sg-realtime" | "us-dncscrub";
  secret: string;
  hasSecret: boolean;
  onSecret: (secret: string) => void;
  fault: string | undefined;
};

/** The secret of a source. It is stored encrypted and never shown again. */
function SecretField({ kind, secret, hasSecret, onSecret, fault }: SecretFieldProps) {
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

"use client";

import type { RegistrySource } from "@ringfence/core/registry";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { RadioGroup } from "@/components/radio-group";

type SourceFieldsProps = {
  source: RegistrySource;
  onSource: (source: RegistrySource) => void;
  fault: string | undefined;
};

/** Where the files of a registry come from. */
export function SourceFields({ source, onSource, fault }: SourceFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <>
      <RadioGroup
        legend={t("source")}
        choices={[
          { value: "http", label: t("http"), hint: t("httpHint") },
          { value: "folder", label: t("folder"), hint: t("folderHint") },
        ]}
        chosen={source.kind}
        radio={{
          name: "source",
          onChange: ({ currentTarget }) =>
            onSource(
              currentTarget.value === "http"
                ? { kind: "http", url: "" }
                : { kind: "folder", path: "" },
            ),
        }}
      />
      {source.kind === "http" ? (
        <Field label={t("url")} hint={t("urlHint")} fault={fault}>
          {(wired) => (
            <Input
              {...wired}
              type="url"
              inputMode="url"
              value={source.url}
              onChange={({ currentTarget }) => onSource({ kind: "http", url: currentTarget.value })}
            />
          )}
        </Field>
      ) : (
        <Field label={t("path")} hint={t("pathHint")} fault={fault}>
          {(wired) => (
            <Input
              {...wired}
              value={source.path}
              onChange={({ currentTarget }) =>
                onSource({ kind: "folder", path: currentTarget.value })
              }
            />
          )}
        </Field>
      )}
    </>
  );
}

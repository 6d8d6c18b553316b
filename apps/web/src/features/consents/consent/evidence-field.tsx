"use client";

import { type EvidenceFileKind, evidenceTypes } from "@ringfence/core/consents/evidence";
import { useTranslations } from "next-intl";
import { FileDrop } from "@/components/file-drop";

type EvidenceFieldProps = {
  kind: EvidenceFileKind;
  /** True once the form was sent without a file. */
  isMissing: boolean;
  onFile: (file: File) => void;
};

/** Takes the recording or scan that proves what is recorded. */
export function EvidenceField({ kind, isMissing, onFile }: EvidenceFieldProps) {
  const t = useTranslations("evidenceField");
  const endings = Object.values(evidenceTypes[kind]).flat();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium">{t("legend")}</legend>
      <FileDrop
        key={kind}
        label={t(`label.${kind}`)}
        hint={t(`hint.${kind}`)}
        accept={endings.map((ending) => `.${ending}`).join()}
        onFile={onFile}
      />
      {isMissing && (
        <p role="alert" className="text-sm font-medium text-refuse">
          {t(`missing.${kind}`)}
        </p>
      )}
    </fieldset>
  );
}

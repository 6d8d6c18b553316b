"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { RadioGroup } from "@/components/radio-group";
import type { SourceDraft } from "./source-draft";

type FtcFieldsProps = {
  texts: SourceDraft["texts"];
  onTexts: (texts: SourceDraft["texts"]) => void;
  fault: string | undefined;
};

const choices = {
  lists: ["changes", "full"],
  userType: ["Downloader", "Representative"],
} as const;

/** What the download service of the US registry is told beside who asks. */
export function FtcFields({ texts, onTexts, fault }: FtcFieldsProps) {
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

"use client";

import type { ImportField, ImportKind, Mapping } from "@ringfence/core/desk/import";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Section } from "@/components/section";
import { Textarea } from "@/components/textarea";
import { useFieldWords } from "./use-field-words";

/** What is often the same for a whole file, and stands in no column of it. */
const general: Record<ImportKind, readonly ImportField[]> = {
  contacts: [],
  consents: [
    "seller",
    "purposes",
    "channels",
    "source",
    "obtainedAt",
    "disclosureText",
    "disclosureLanguage",
    "act",
    "leadSeller",
  ],
  opt_outs: ["channel", "seller", "purpose"],
  suppressions: ["reason", "until"],
  activities: ["activityType", "category"],
  calls: ["purpose", "seller", "dialer", "campaign"],
};

type DefaultFieldsProps = {
  kind: ImportKind;
  mapping: Mapping;
  onChange: (changes: Pick<Mapping, "defaults">) => void;
};

/** What holds of every row whose cell is empty, or that has no such column. */
export function DefaultFields({ kind, mapping: { defaults }, onChange }: DefaultFieldsProps) {
  const t = useTranslations("import");
  const { wordOf } = useFieldWords();
  if (general[kind].length === 0) return null;
  return (
    <Section title={t("everyRow")} aside={t("everyRowNote")}>
      <div className="grid gap-5 pt-4 sm:grid-cols-2 lg:grid-cols-3">
        {general[kind].map((field) => {
          const Control = field === "disclosureText" ? Textarea : Input;
          return (
            <Field key={field} label={wordOf(field)} isOptional>
              {(wired) => (
                <Control
                  {...wired}
                  defaultValue={defaults[field] ?? ""}
                  onBlur={({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
                    if (value === (defaults[field] ?? "")) return;
                    onChange({ defaults: { ...defaults, [field]: value } });
                  }}
                />
              )}
            </Field>
          );
        })}
      </div>
    </Section>
  );
}

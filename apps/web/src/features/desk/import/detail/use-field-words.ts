"use client";
import { type Message, say } from "@ringfence/core/platform/message";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { ImportFieldName } from "./import-field-name";

/** Returns names of fields, and messages that use these names. */
export function useFieldWords() {
  const t = useTranslations("import");
  const [locale, zone] = [useLocale(), useTimeZone()];

  const fieldName = (field: string) => {
    const known = ImportFieldName.safeParse(field);
    if (known.success) return t(`fields.${known.data}`);
    return t("fields.attribute", { name: field.replace("attributes.", "") });
  };
  /** Translates a message with the names of its fields. */
  const translate = ({ key, values }: Message) => {
    const field = values?.field;
    const named = typeof field === "string" ? { ...values, field: fieldName(field) } : values;
    return say(locale, { key, ...(named && { values: named }) }, zone);
  };
  return { fieldName, translate };
}

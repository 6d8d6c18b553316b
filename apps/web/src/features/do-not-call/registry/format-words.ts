import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { Fact } from "@/components/page-layout";
import { placeName } from "@/i18n/place-name";
import {
  type CsvMapping,
  type FormMark,
  type FormPart,
  type ListFormKey,
  type RegistryFormat,
  type TableFormKey,
  connectableFormKeys,
  findTableForm,
  listFormKeys,
  listForms,
  tableFormKeys,
  tableForms,
} from "@ringfence/core/do-not-call/registry";

/** Describes the file format of a registry and the evidence for it. */
export function useFormatFact({ format }: RegistryOverview): Omit<Fact, "name"> {
  const t = useTranslations("registry");
  const tForm = useTranslations("registryForm");
  const formatter = useFormatter();
  const locale = useLocale();
  const known = findFormKey(format);
  // The layout that we suggest has no special columns, so another table may match it by accident.
  const key = known === "ringfence" ? "table" : known;
  const marks = useFormEvidence()(key);
  const evidence = marks === null ? [] : [marks];
  if (format.reader !== "csv") return { value: tForm(`forms.${key}`), notes: evidence };
  const { date, delimiter, encoding, kind, phoneColumns, region } = format.mapping;
  return {
    value: key === "table" ? t("table", { kind }) : tForm(`forms.${key}`),
    notes: [
      ...evidence,
      t("columns", { columns: formatter.list(phoneColumns.map(String)) }),
      ...(date ? [t("dateColumn", { ...date, column: String(date.column) })] : []),
      t("dialect", {
        delimiter: tForm(`delimiters.${delimiterName(delimiter)}`),
        encoding: tForm(`encodings.${encoding}`),
        region: placeName(locale, region),
      }),
    ],
  };
}

/** Describes the evidence for a format and its parts; null for a table that the organization described. */
export function useFormEvidence() {
  const t = useTranslations("registryForm");
  return (key: FormKey): string | null => {
    const mark = findMark(key);
    if (mark === null) return null;
    const parts = listPartMarks(key).map(({ part, mark }) =>
      t(`partMarks.${mark}`, { part: t(`parts.${part}`) }),
    );
    return [t(`marks.${mark}`), ...parts].join(" ");
  };
}

/** Key of a file format: of a list, of a table that we know, or `table` for any other table. */
type FormKey = ListFormKey | TableFormKey | "table";

/** Formats on offer, lists before tables. Without `us-rnd`: answers of that database are uploaded elsewhere. */
export const formChoices: readonly FormKey[] = [...connectableFormKeys, "table", ...tableFormKeys];

export const isListForm = (key: FormKey): key is ListFormKey =>
  listFormKeys.some((known) => known === key);

/** Finds the name of a format; `table` if somebody described the mapping. */
export const findFormKey = (format: RegistryFormat): FormKey =>
  format.reader === "csv" ? (findTableForm(format.mapping) ?? "table") : format.reader;

const partNames = ["flat-changes", "xml-changes", "changes", "updates", "dates"] as const;

/** Lists the parts of a format with evidence of their own. */
export function listPartMarks(key: FormKey): { part: FormPart; mark: FormMark }[] {
  const form = isListForm(key) ? listForms[key] : null;
  const marks: Partial<Record<FormPart, FormMark>> = form && "parts" in form ? form.parts : {};
  return partNames.flatMap((part) => {
    const mark = marks[part];
    return mark ? { part, mark } : [];
  });
}

/** Finds the evidence for a format; null for a table that the organization described. */
export function findMark(key: FormKey): FormMark | null {
  if (key === "table") return null;
  return isListForm(key) ? listForms[key].mark : tableForms[key].mark;
}

export const delimiters = { comma: ",", semicolon: ";", tab: "\t", bar: "|" } as const;
export const delimiterNames = ["comma", "semicolon", "tab", "bar"] as const;

/** Finds the name of a delimiter. */
export const delimiterName = (delimiter: CsvMapping["delimiter"]) =>
  delimiterNames.find((name) => delimiters[name] === delimiter) ?? "comma";

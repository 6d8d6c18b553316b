import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useTranslations } from "next-intl";
import type { Fact } from "@/components/facts";
import { delimiterName } from "./delimiters";
import { formKeyOf } from "./forms";
import { useFormMarks } from "./use-form-marks";

/** How the files of a registry are read, and who says that they are so. */
export function useFormat({ format }: RegistryOverview): Omit<Fact, "name"> {
  const t = useTranslations("registry");
  const form = useTranslations("registryForm");
  const words = useFormatter();
  const known = formKeyOf(format);
  // Of our own form nobody can tell whether its columns were chosen, or are only named alike.
  const key = known === "ringfence" ? "table" : known;
  const marks = useFormMarks()(key);
  const told = marks === null ? [] : [marks];
  if (format.reader !== "csv") return { value: form(`forms.${key}`), notes: told };
  const { date, delimiter, encoding, kind, phoneColumns, region } = format.mapping;
  return {
    value: key === "table" ? t("table", { kind }) : form(`forms.${key}`),
    notes: [
      ...told,
      t("columns", { columns: words.list(phoneColumns.map(String)) }),
      ...(date ? [t("dateColumn", { ...date, column: String(date.column) })] : []),
      t("dialect", { delimiter: form(`delimiters.${delimiterName(delimiter)}`), encoding, region }),
    ],
  };
}

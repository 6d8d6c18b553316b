"use client";

import type { CsvDate, CsvMapping } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { columnsIn } from "./column-names";

type DateFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  fault: string | undefined;
};

const noDate: CsvDate = { column: "", pattern: "" };

/** The column that tells of what day a line is, by which an older list, and changes in the wrong order, are known. */
export function DateFields({ mapping, onMapping, fault }: DateFieldsProps) {
  const t = useTranslations("registryForm");
  const { date: chosen = noDate, ...table } = mapping;
  const change = (part: Partial<CsvDate>) => {
    const date = { ...chosen, ...part };
    onMapping(date.column === "" && date.pattern === "" ? table : { ...table, date });
  };
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t("dateColumn")} hint={t("dateColumnHint")} isOptional>
        {(wired) => (
          <Input
            {...wired}
            defaultValue={chosen.column}
            onChange={({ currentTarget }) =>
              change({ column: columnsIn(currentTarget.value)[0] ?? "" })
            }
          />
        )}
      </Field>
      <Field label={t("datePattern")} hint={t("datePatternHint")} fault={fault} isOptional>
        {(wired) => (
          <Input
            {...wired}
            defaultValue={chosen.pattern}
            onChange={({ currentTarget }) => change({ pattern: currentTarget.value.trim() })}
          />
        )}
      </Field>
    </div>
  );
}

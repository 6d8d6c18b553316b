"use client";

import type { CsvMapping } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { type Choice, ChoiceField } from "@/components/choice-field";
import { delimiterName, delimiterNames, delimiters } from "./delimiters";

type TableFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  regions: readonly Choice[];
};

const encodings = ["utf-8", "windows-1251", "latin1"] as const;

/** How a table is written. */
export function TableFields({ mapping, onMapping, regions }: TableFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <ChoiceField
        label={t("delimiter")}
        choices={delimiterNames.map((key) => ({ key, name: t(`delimiters.${key}`) }))}
        chosen={delimiterName(mapping.delimiter)}
        onChoose={(key) => onMapping({ ...mapping, delimiter: delimiters[key] })}
      />
      <ChoiceField
        label={t("encoding")}
        choices={encodings.map((key) => ({ key, name: key }))}
        chosen={mapping.encoding}
        onChoose={(encoding) => onMapping({ ...mapping, encoding })}
      />
      <ChoiceField
        label={t("region")}
        choices={regions}
        chosen={mapping.region}
        onChoose={(region) => onMapping({ ...mapping, region })}
      />
      <div className="sm:pt-6">
        <Checkbox
          label={t("header")}
          checked={mapping.hasHeader}
          onChange={({ currentTarget }) =>
            onMapping({ ...mapping, hasHeader: currentTarget.checked })
          }
        />
      </div>
    </div>
  );
}

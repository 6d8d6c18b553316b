"use client";

import { DateOrder, Delimiter, Encoding, type Mapping } from "@ringfence/core/desk/import";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { ChoiceField } from "@/components/choice-field";

type FileFieldsProps = {
  mapping: Mapping;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
  onChange: (changes: Partial<Mapping>) => void;
  /** The columns are guessed anew. */
  onDialect: (dialect: Pick<Mapping, "encoding" | "delimiter">) => void;
};

const separators = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;

/** How a file is written. */
export function FileFields({ mapping, regions, zones, onChange, onDialect }: FileFieldsProps) {
  const t = useTranslations("import");
  const nameOf = (separator: (typeof separators)[Delimiter]) => t(`delimiters.${separator}`);
  const { encoding, delimiter, region, zone, dateOrder, hasHeader } = mapping;
  return (
    <div className="grid gap-5 pt-4 sm:grid-cols-2 lg:grid-cols-3">
      <ChoiceField
        label={t("delimiter")}
        chosen={delimiter}
        choices={Delimiter.options.map((key) => ({
          key,
          name: nameOf(separators[key]),
        }))}
        onChoose={(key) => onDialect({ encoding, delimiter: key })}
      />
      <ChoiceField
        label={t("encoding")}
        chosen={encoding}
        choices={Encoding.options.map((key) => ({ key, name: key }))}
        onChoose={(key) => onDialect({ delimiter, encoding: key })}
      />
      <ChoiceField
        label={t("dateOrder")}
        chosen={dateOrder}
        choices={DateOrder.options.map((key) => ({ key, name: t(`dateOrders.${key}`) }))}
        onChoose={(key) => onChange({ dateOrder: key })}
      />
      <ChoiceField
        label={t("region")}
        chosen={region}
        choices={regions}
        onChoose={(key) => onChange({ region: key })}
      />
      <ChoiceField
        label={t("zone")}
        chosen={zone}
        choices={[...new Set([zone, ...zones])].map((key) => ({ key, name: key }))}
        onChoose={(key) => onChange({ zone: key })}
      />
      <div className="sm:pt-6">
        <Checkbox
          label={t("header")}
          checked={hasHeader}
          onChange={({ currentTarget }) => onChange({ hasHeader: currentTarget.checked })}
        />
      </div>
    </div>
  );
}

"use client";

import type { CsvMapping } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import type { Choice } from "@/components/choice-field";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { RadioGroup } from "@/components/radio-group";
import { DateFields } from "./date-fields";
import { FlagFields } from "./flag-fields";
import type { DraftFault } from "./registry-draft";
import { TableFields } from "./table-fields";

type MappingFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  regions: readonly Choice[];
  faultOf: (fault: DraftFault) => string | undefined;
};

const noFlag = { column: "", added: [], removed: [] };

/** How a table is written, and what its lines say. */
export function MappingFields({ mapping, onMapping, regions, faultOf }: MappingFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <>
      <TableFields mapping={mapping} onMapping={onMapping} regions={regions} />
      <RadioGroup
        key={mapping.kind}
        legend={t("kind")}
        chosen={mapping.kind}
        choices={[
          { value: "snapshot", label: t("snapshot"), hint: t("snapshotHint") },
          { value: "delta", label: t("delta"), hint: t("deltaHint") },
        ]}
        radio={{
          name: "kind",
          onChange: ({ currentTarget }) =>
            onMapping(
              currentTarget.value === "delta"
                ? { ...mapping, kind: "delta", flag: mapping.flag ?? noFlag, mayBeEmpty: true }
                : snapshotOf(mapping),
            ),
        }}
      />
      <div className="max-w-64">
        <Field
          label={t("unreadable")}
          hint={t("unreadableHint")}
          fault={faultOf("maxUnreadableShare")}
        >
          {(wired) => (
            <Input
              {...wired}
              type="number"
              min={0}
              max={10}
              step="any"
              defaultValue={mapping.maxUnreadableShare * 100}
              onChange={({ currentTarget }) =>
                onMapping({ ...mapping, maxUnreadableShare: currentTarget.valueAsNumber / 100 })
              }
            />
          )}
        </Field>
      </div>
      <FlagFields mapping={mapping} onMapping={onMapping} fault={faultOf("flag")} />
      <DateFields mapping={mapping} onMapping={onMapping} fault={faultOf("date")} />
    </>
  );
}

/** Lists all numbers, so that no line takes any away. */
function snapshotOf(mapping: CsvMapping): CsvMapping {
  const { flag: _, ...table } = mapping;
  return { ...table, kind: "snapshot" };
}

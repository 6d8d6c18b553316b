"use client";

import { tableForms } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { type Choice, ChoiceField } from "@/components/choice-field";
import { MappingFields } from "./mapping-fields";
import { MappingSample } from "./mapping-sample";
import { formChoices, formKeyOf, isListForm } from "./forms";
import { type DraftFault, plainMapping, type RegistryDraft } from "./registry-draft";
import { useFormMarks } from "./use-form-marks";

type FormatFieldsProps = {
  format: RegistryDraft["format"];
  onFormat: (format: RegistryDraft["format"]) => void;
  regions: readonly Choice[];
  homeRegion: string;
  faultOf: (fault: DraftFault) => string | undefined;
};

/** How the files of a registry are to be understood. */
export function FormatFields({
  format,
  onFormat,
  regions,
  homeRegion,
  faultOf,
}: FormatFieldsProps) {
  const t = useTranslations("registryForm");
  const chosen = formKeyOf(format);
  return (
    <>
      <ChoiceField
        label={t("files")}
        hint={useFormMarks()(chosen) ?? t("filesHint")}
        choices={formChoices.map((key) => ({ key, name: t(`forms.${key}`) }))}
        chosen={chosen}
        onChoose={(key) => onFormat(formatOfKey(key, homeRegion))}
      />
      {format.reader === "csv" && (
        <>
          <MappingSample
            mapping={format.mapping}
            onMapping={(mapping) => onFormat({ reader: "csv", mapping })}
            fault={faultOf("phoneColumns")}
          />
          <MappingFields
            mapping={format.mapping}
            onMapping={(mapping) => onFormat({ reader: "csv", mapping })}
            regions={regions}
            faultOf={faultOf}
          />
        </>
      )}
    </>
  );
}

function formatOfKey(key: (typeof formChoices)[number], region: string): RegistryDraft["format"] {
  if (isListForm(key)) return { reader: key };
  const mapping = key === "table" ? plainMapping(region) : tableForms[key].mapping(region);
  return { reader: "csv", mapping };
}

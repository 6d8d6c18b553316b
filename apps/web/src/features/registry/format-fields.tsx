"use client";

import { useTranslations } from "next-intl";
import { type Choice, ChoiceField } from "@/components/choice-field";
import { MappingFields } from "./mapping-fields";
import { MappingSample } from "./mapping-sample";
import { plainMapping, type RegistryDraft } from "./registry-draft";

type FormatFieldsProps = {
  format: RegistryDraft["format"];
  onFormat: (format: RegistryDraft["format"]) => void;
  regions: readonly Choice[];
  homeRegion: string;
  faults: {
    phoneColumns?: string | undefined;
    flag?: string | undefined;
    maxUnreadableShare?: string | undefined;
  };
};

/** How the files of a registry are to be understood. */
export function FormatFields({ format, onFormat, regions, homeRegion, faults }: FormatFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <>
      <ChoiceField
        label={t("files")}
        hint={t("filesHint")}
        choices={[
          { key: "us-dnc", name: t("usDnc") },
          { key: "csv", name: t("table") },
        ]}
        chosen={format.reader}
        onChoose={(reader) =>
          onFormat(reader === "us-dnc" ? { reader } : { reader, mapping: plainMapping(homeRegion) })
        }
      />
      {format.reader === "csv" && (
        <>
          <MappingSample
            mapping={format.mapping}
            onMapping={(mapping) => onFormat({ reader: "csv", mapping })}
            fault={faults.phoneColumns}
          />
          <MappingFields
            mapping={format.mapping}
            onMapping={(mapping) => onFormat({ reader: "csv", mapping })}
            regions={regions}
            faults={faults}
          />
        </>
      )}
    </>
  );
}

"use client";
import {
  type CsvDate,
  type CsvMapping,
  plainMapping,
  tableForms,
} from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Checkbox, type Choice, ChoiceField, Field, Input, RadioGroup } from "@/components/fields";
import { MappingSample } from "./mapping-sample";
import {
  delimiterName,
  delimiterNames,
  delimiters,
  findFormKey,
  formChoices,
  isListForm,
  useFormEvidence,
} from "../format-words";
import type { DraftFault, RegistryDraft } from "./draft";
import { Banner } from "@/components/banner";
import { formatColumns, parseColumns } from "./column-names";

type Format = RegistryDraft["format"];
type FormatProps = { format: Format; onFormat: (format: Format) => void };

/** Chooses the file format of a registry. */
export function FormatChoice({
  format,
  onFormat,
  homeRegion,
}: FormatProps & { homeRegion: string }) {
  const t = useTranslations("registryForm");
  const chosen = findFormKey(format);
  return (
    <ChoiceField
      label={t("files")}
      hint={useFormEvidence()(chosen) ?? t("filesHint")}
      choices={formChoices.map((key) => ({ key, name: t(`forms.${key}`) }))}
      chosen={chosen}
      onChoose={(key) => onFormat(findFormatByKey(key, homeRegion))}
    />
  );
}

type PhoneColumnsProps = FormatProps & { fault: string | undefined };

/** Fields for the columns of a table that hold phone numbers. Other formats say so themselves. */
export const PhoneColumns = ({ format, onFormat, fault }: PhoneColumnsProps) =>
  format.reader === "csv" && (
    <MappingSample
      mapping={format.mapping}
      onMapping={(mapping) => onFormat({ reader: "csv", mapping })}
      fault={fault}
    />
  );

function findFormatByKey(
  key: (typeof formChoices)[number],
  region: string,
): RegistryDraft["format"] {
  if (isListForm(key)) return { reader: key };
  const mapping = key === "table" ? plainMapping(region) : tableForms[key].mapping(region);
  return { reader: "csv", mapping };
}

type MappingFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  regions: readonly Choice[];
  findFault: (fault: DraftFault) => string | undefined;
};

const noFlag = { column: "", added: [], removed: [] };

/** Describes a table and the meaning of its lines. */
export function MappingFields({ mapping, onMapping, regions, findFault }: MappingFieldsProps) {
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
                : toSnapshot(mapping),
            ),
        }}
      />
      <div className="max-w-64">
        <Field
          label={t("unreadable")}
          hint={t("unreadableHint")}
          fault={findFault("maxUnreadableShare")}
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
      <FlagFields mapping={mapping} onMapping={onMapping} fault={findFault("flag")} />
      <DateFields mapping={mapping} onMapping={onMapping} fault={findFault("date")} />
    </>
  );
}

/** Turns a mapping into one for a full list, which has no removals. */
function toSnapshot(mapping: CsvMapping): CsvMapping {
  const { flag: _, ...table } = mapping;
  return { ...table, kind: "snapshot" };
}

type TableFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  regions: readonly Choice[];
};

const encodings = ["utf-8", "windows-1251", "latin1"] as const;

/** Delimiter, encoding and header of a table. */
function TableFields({ mapping, onMapping, regions }: TableFieldsProps) {
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
        choices={encodings.map((key) => ({ key, name: t(`encodings.${key}`) }))}
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

type FlagFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  fault: string | undefined;
};

/** For changes: the column that tells additions from removals, and its values. */
function FlagFields({ mapping, onMapping, fault }: FlagFieldsProps) {
  const t = useTranslations("registryForm");
  if (mapping.kind !== "delta") return null;

  const { flag } = mapping;
  const change = (part: Partial<typeof flag>) =>
    onMapping({ ...mapping, flag: { ...flag, ...part } });
  return (
    <>
      {fault && <Banner tone="bad" role="alert" title={fault} />}
      <div className="grid gap-5 sm:grid-cols-3">
        <MappingText
          label={t("flagColumn")}
          hint={t("flagColumnHint")}
          text={flag.column}
          onText={(text) => change({ column: parseColumns(text)[0] ?? "" })}
        />
        <MappingText
          label={t("flagAdded")}
          hint={t("flagWords")}
          text={formatColumns(flag.added)}
          onText={(text) => change({ added: parseWords(text) })}
        />
        <MappingText
          label={t("flagRemoved")}
          hint={t("flagWords")}
          text={formatColumns(flag.removed)}
          onText={(text) => change({ removed: parseWords(text) })}
        />
      </div>
    </>
  );
}

const parseWords = (text: string) =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

type DateFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  fault: string | undefined;
};

const noDate: CsvDate = { column: "", pattern: "" };

/** The date column, which reveals an older list and changes in the wrong order. */
function DateFields({ mapping, onMapping, fault }: DateFieldsProps) {
  const t = useTranslations("registryForm");
  const { date: chosen = noDate, ...table } = mapping;
  const change = (part: Partial<CsvDate>) => {
    const date = { ...chosen, ...part };
    onMapping(date.column === "" && date.pattern === "" ? table : { ...table, date });
  };
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <MappingText
        label={t("dateColumn")}
        hint={t("dateColumnHint")}
        isOptional
        text={chosen.column}
        onText={(text) => change({ column: parseColumns(text)[0] ?? "" })}
      />
      <MappingText
        label={t("datePattern")}
        hint={t("datePatternHint")}
        fault={fault}
        isOptional
        text={chosen.pattern}
        onText={(text) => change({ pattern: text.trim() })}
      />
    </div>
  );
}

type MappingTextProps = Omit<Parameters<typeof Field>[0], "children"> & {
  /** The text at first. */
  text: string | number;
  onText: (text: string) => void;
};

/** Field for a part of the mapping. It keeps what is typed, also while the mapping leaves some of it out. */
const MappingText = ({ text, onText, ...field }: MappingTextProps) => (
  <Field {...field}>
    {(wired) => (
      <Input
        {...wired}
        defaultValue={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
    )}
  </Field>
);

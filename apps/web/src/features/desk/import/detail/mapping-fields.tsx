"use client";
import {
  DateOrder,
  Delimiter,
  Encoding,
  type ImportField,
  ImportFieldName,
  type ImportKind,
  type Mapping,
  isField,
  isRequiredField,
  listFields,
} from "@ringfence/core/desk/import";
import type { ImportPreview } from "@ringfence/services/desk/import";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import {
  type Message,
  fromStoredMessage,
  say,
  toStoredMessage,
} from "@ringfence/core/platform/message";
import { Dialer } from "@ringfence/core/account/organization";
import { ConsentSource } from "@ringfence/core/consents/consent";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { GivenSuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { Channel } from "@ringfence/core/people/phone";
import {
  Checkbox,
  type Choice,
  ChoiceField,
  Field,
  Input,
  Select,
  Textarea,
  ControlledCheckboxes,
} from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { type Column, Table } from "@/components/table";
import { Section } from "@/components/page-layout";

type Row = ImportPreview["rows"][number];

type ColumnTableProps = {
  preview: ImportPreview;
  mapping: Mapping;
  onChange: (changes: Pick<Mapping, "columns">) => void;
};

/** Shows the first rows, with a choice of the field above each column. */
export function ColumnTable({
  preview: { kind, header, rows },
  mapping,
  onChange,
}: ColumnTableProps) {
  const t = useTranslations("import");
  const { columns: fields } = mapping;
  const columns: [Column<Row>, ...Column<Row>[]] = [
    { key: "line", head: t("row"), cell: ({ line }) => line },
    ...fields.map((field, index): Column<Row> => {
      const name = header[index]?.trim() || t("column", { number: index + 1 });
      return {
        key: String(index),
        head: (
          <span className="grid min-w-36 gap-1">
            {name}
            <FieldSelect
              kind={kind}
              name={name}
              field={field}
              onField={(chosen) => onChange({ columns: fields.with(index, chosen) })}
            />
          </span>
        ),
        cell: ({ cells }) => (
          <span className="block max-w-[16rem] break-words">{cells[index]}</span>
        ),
      };
    }),
  ];
  return (
    <Table
      caption={t("firstRows")}
      columns={columns}
      rows={rows}
      rowKey={({ line }) => String(line)}
    />
  );
}

type FieldSelectProps = {
  kind: ImportKind;
  /** Name of the column in the file. */
  name: string;
  field: string | null;
  onField: (field: string | null) => void;
};

function FieldSelect({ kind, name, field, onField }: FieldSelectProps) {
  const t = useTranslations("import");
  const { fieldName } = useFieldWords();
  const own = `attributes.${name.replaceAll(".", "_").slice(0, 64)}`;
  const fields: string[] = [...listFields(kind), ...(isField(kind, own) ? [own] : [])];
  const choices = field === null || fields.includes(field) ? fields : [...fields, field];
  return (
    <Select
      aria-label={t("readsColumn", { name })}
      value={field ?? ""}
      onChange={({ currentTarget }) => onField(currentTarget.value || null)}
    >
      <option value="">{t("notRead")}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {fieldName(choice)}
        </option>
      ))}
    </Select>
  );
}

/** Fields that often have one value for the whole file. */
const fieldsWithDefaults: Record<ImportKind, readonly ImportField[]> = {
  contacts: [],
  consents: [
    "seller",
    "purposes",
    "channels",
    "source",
    "obtainedAt",
    "disclosureText",
    "disclosureLanguage",
    "act",
    "leadSeller",
  ],
  opt_outs: ["channel", "seller", "purpose"],
  suppressions: ["reason", "until"],
  activities: ["activityType", "category"],
  calls: ["purpose", "seller", "dialer", "campaign"],
};

/** The organization's sellers and purposes. */
export type ImportChoices = { sellers: readonly Choice[]; purposes: readonly Choice[] };

type DefaultFieldsProps = {
  preview: Pick<ImportPreview, "kind" | "fault">;
  mapping: Mapping;
  choices: ImportChoices;
  onChange: (changes: Pick<Mapping, "defaults">) => void;
};

/**
 * Fields for values that are used where a cell is empty or the file has no such column. Required fields without a
 * column come first, the others are folded.
 */
export function DefaultFields({ preview, mapping, choices, onChange }: DefaultFieldsProps) {
  const t = useTranslations("import");
  const { fieldName } = useFieldWords();
  const { kind, fault } = preview;
  const { columns, defaults } = mapping;
  const isNeeded = (field: ImportField) => isRequiredField(kind, field) && !columns.includes(field);
  const needed = fieldsWithDefaults[kind].filter(isNeeded);
  const others = fieldsWithDefaults[kind].filter((field) => !isNeeded(field));
  const toField = (field: ImportField) => (
    <DefaultField
      key={field}
      {...{ field, choices }}
      isOptional={!isNeeded(field)}
      value={defaults[field] ?? ""}
      onValue={(value) => onChange({ defaults: { ...defaults, [field]: value } })}
    />
  );
  const given = others.filter((field) => defaults[field]);
  const note =
    given.length === 0
      ? t("everyRowNote")
      : t("everyRowGiven", { names: given.map(fieldName).join(", ") });
  return (
    <>
      {needed.length > 0 && (
        <Section title={t("everyRow")} aside={t("everyRowNeeded")}>
          <div className="grid gap-5 pt-4 sm:grid-cols-2 lg:grid-cols-3">{needed.map(toField)}</div>
        </Section>
      )}
      {others.length > 0 && (
        <div className="pt-5">
          <MoreFields
            title={t(needed.length > 0 ? "otherValues" : "everyRow")}
            note={note}
            isFaulty={fault?.key === "import.language-missing"}
          >
            <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">{others.map(toField)}</div>
          </MoreFields>
        </div>
      )}
    </>
  );
}

type DefaultFieldProps = {
  field: ImportField;
  isOptional: boolean;
  value: string;
  choices: ImportChoices;
  onValue: (value: string) => void;
};

/** One value for all rows: chosen by name where the values are known, typed otherwise. */
function DefaultField({ field, isOptional, value, choices, onValue }: DefaultFieldProps) {
  const t = useTranslations("import");
  const { fieldName } = useFieldWords();
  const known = useKnownValues(choices)(field);
  if (known && (field === "purposes" || field === "channels")) {
    return (
      <ControlledCheckboxes
        legend={fieldName(field)}
        choices={known.map(({ key, name }) => ({ value: key, label: name }))}
        chosen={value.split(" ").filter((key) => key !== "")}
        onChosen={(chosen) => onValue(chosen.join(" "))}
      />
    );
  }
  if (known) {
    const isOther = value !== "" && !known.some(({ key }) => key === value);
    return (
      <ChoiceField
        label={fieldName(field)}
        choices={[
          { key: "", name: t("noValue") },
          ...known,
          ...(isOther ? [{ key: value, name: value }] : []),
        ]}
        chosen={value}
        onChoose={onValue}
      />
    );
  }
  const Control = field === "disclosureText" ? Textarea : Input;
  return (
    <Field label={fieldName(field)} isOptional={isOptional}>
      {(wired) => (
        <Control
          {...wired}
          defaultValue={value}
          onBlur={({ currentTarget }: { currentTarget: { value: string } }) => {
            if (currentTarget.value !== value) onValue(currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}

/** Returns the values that a field can have, with their names; null if it can have any text. */
function useKnownValues({ sellers, purposes }: ImportChoices) {
  const channels = useTranslations("timeline.channel");
  const channelName = useTranslations("timeline.told");
  const sources = useTranslations("captureForms.kinds");
  const reasons = useTranslations("suppressions.reasons");
  const dialers = useTranslations("dialers");
  return (field: ImportField): readonly Choice[] | null => {
    switch (field) {
      case "seller":
        return sellers;
      case "purpose":
      case "purposes":
        return purposes;
      case "channels":
        return Channel.options.map((key) => ({ key, name: channels(key) }));
      case "channel":
        return OptOutChannel.options.map((key) => ({ key, name: channelName(key) }));
      case "source":
        return ConsentSource.options.map((key) => ({ key, name: sources(key) }));
      case "reason":
        return GivenSuppressionReason.options.map((key) => ({ key, name: reasons(key) }));
      case "dialer":
        return Dialer.options.map((key) => ({ key, name: dialers(key) }));
      default:
        return null;
    }
  };
}

type FileFieldsProps = {
  mapping: Mapping;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
  onChange: (changes: Partial<Mapping>) => void;
  /** Called to guess the whole mapping again. It replaces all other choices, also the values for all rows. */
  onDialect: (dialect: Pick<Mapping, "encoding" | "delimiter">) => void;
};

const separators = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;

const encodingNames = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "windows-1251": "Windows-1251",
  "windows-1252": "Windows-1252",
} as const satisfies Record<Encoding, string>;

/** Fields for the format of a file, folded because they are guessed or the organization's. */
export function FileFields({ mapping, regions, zones, onChange, onDialect }: FileFieldsProps) {
  const t = useTranslations("import");
  const delimiterName = (separator: (typeof separators)[Delimiter]) => t(`delimiters.${separator}`);
  const { encoding, delimiter, region, zone, dateOrder, hasHeader } = mapping;
  return (
    <div className="pt-5">
      <MoreFields
        title={t("reads")}
        note={t("readsNote", {
          encoding: encodingNames[encoding],
          delimiter: delimiterName(separators[delimiter]),
          region: regions.find(({ key }) => key === region)?.name ?? region,
          date: t(`dateOrders.${dateOrder}`),
          zone,
        })}
      >
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          <ChoiceField
            label={t("delimiter")}
            chosen={delimiter}
            choices={Delimiter.options.map((key) => ({
              key,
              name: delimiterName(separators[key]),
            }))}
            onChoose={(key) => onDialect({ encoding, delimiter: key })}
          />
          <ChoiceField
            label={t("encoding")}
            hint={t("encodingHint")}
            chosen={encoding}
            choices={Encoding.options.map((key) => ({ key, name: encodingNames[key] }))}
            onChoose={(key) => onDialect({ delimiter, encoding: key })}
          />
          <ChoiceField
            label={t("dateOrder")}
            hint={t("dateOrderHint")}
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
            hint={t("zoneHint")}
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
      </MoreFields>
    </div>
  );
}

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
  const translate = (message: Message) => {
    const { key, values } = toStoredMessage(message);
    const { field } = values;
    const named = typeof field === "string" ? { ...values, field: fieldName(field) } : values;
    return say(locale, fromStoredMessage({ key, values: named }), zone);
  };
  return { fieldName, translate };
}

"use client";
import {
  DateOrder,
  Delimiter,
  Encoding,
  type ImportField,
  type ImportKind,
  type Mapping,
  isField,
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
import { z } from "zod";
import { Checkbox, ChoiceField, Field, Input, Select, Textarea } from "@/components/fields";
import { type Column, Table } from "@/components/table";
import { Section } from "@/components/page-layout";

type Row = { line: number; cells: readonly string[] };

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
  const firstLine = mapping.hasHeader ? 2 : 1;
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
      rows={rows.map((cells, index) => ({ line: index + firstLine, cells }))}
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
const general: Record<ImportKind, readonly ImportField[]> = {
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

type DefaultFieldsProps = {
  kind: ImportKind;
  mapping: Mapping;
  onChange: (changes: Pick<Mapping, "defaults">) => void;
};

/** Fields for values of rows without a cell for them. */
export function DefaultFields({ kind, mapping: { defaults }, onChange }: DefaultFieldsProps) {
  const t = useTranslations("import");
  const { fieldName } = useFieldWords();
  if (general[kind].length === 0) return null;
  return (
    <Section title={t("everyRow")} aside={t("everyRowNote")}>
      <div className="grid gap-5 pt-4 sm:grid-cols-2 lg:grid-cols-3">
        {general[kind].map((field) => {
          const Control = field === "disclosureText" ? Textarea : Input;
          return (
            <Field key={field} label={fieldName(field)} isOptional>
              {(wired) => (
                <Control
                  {...wired}
                  defaultValue={defaults[field] ?? ""}
                  onBlur={({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
                    if (value === (defaults[field] ?? "")) return;
                    onChange({ defaults: { ...defaults, [field]: value } });
                  }}
                />
              )}
            </Field>
          );
        })}
      </div>
    </Section>
  );
}

type FileFieldsProps = {
  mapping: Mapping;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
  onChange: (changes: Partial<Mapping>) => void;
  /** Called to guess the columns again. */
  onDialect: (dialect: Pick<Mapping, "encoding" | "delimiter">) => void;
};

const separators = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;

/** Fields for the format of a file. */
export function FileFields({ mapping, regions, zones, onChange, onDialect }: FileFieldsProps) {
  const t = useTranslations("import");
  const delimiterName = (separator: (typeof separators)[Delimiter]) => t(`delimiters.${separator}`);
  const { encoding, delimiter, region, zone, dateOrder, hasHeader } = mapping;
  return (
    <div className="grid gap-5 pt-4 sm:grid-cols-2 lg:grid-cols-3">
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

/** Fields of all kinds of files. Attributes have names of their own. */
const ImportFieldName = z.enum([
  "phone",
  "externalId",
  "name",
  "email",
  "locale",
  "zone",
  "addressRegion",
  "state",
  "calledParty",
  "seller",
  "purpose",
  "purposes",
  "channel",
  "channels",
  "source",
  "obtainedAt",
  "validUntil",
  "disclosureText",
  "disclosureLanguage",
  "disclosureId",
  "disclosureVersion",
  "act",
  "signature",
  "ip",
  "userAgent",
  "url",
  "recording",
  "scan",
  "note",
  "leadSeller",
  "trustedForm",
  "leadId",
  "retained",
  "reason",
  "at",
  "until",
  "activityType",
  "activityId",
  "amount",
  "category",
  "status",
  "canceledAt",
  "itemName",
  "itemSku",
  "itemCategory",
  "itemQuantity",
  "itemPrice",
  "outcome",
  "seconds",
  "campaign",
  "dialer",
  "screening",
]);

"use client";

import { fieldsOf, isField, type ImportKind, type Mapping } from "@ringfence/core/desk/import";
import type { ImportPreview } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Select } from "@/components/select";
import { type Column, Table } from "@/components/table";
import { useFieldWords } from "./use-field-words";

type Row = { line: number; cells: readonly string[] };

type ColumnTableProps = {
  preview: ImportPreview;
  mapping: Mapping;
  onChange: (changes: Pick<Mapping, "columns">) => void;
};

/** The first rows; over each column stands what it is read as. */
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
  /** Of the column, in the file. */
  name: string;
  field: string | null;
  onField: (field: string | null) => void;
};

function FieldSelect({ kind, name, field, onField }: FieldSelectProps) {
  const t = useTranslations("import");
  const { wordOf } = useFieldWords();
  const own = `attributes.${name.replaceAll(".", "_").slice(0, 64)}`;
  const fields: string[] = [...fieldsOf(kind), ...(isField(kind, own) ? [own] : [])];
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
          {wordOf(choice)}
        </option>
      ))}
    </Select>
  );
}

"use client";

import type { ImportOutcome } from "@ringfence/core/desk/import";
import type { ImportPreview } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { type Column, Table } from "@/components/table";
import { useFieldWords } from "./use-field-words";

/** The rows that there is something to say of, with a sentence each. */
export function RemarkTable({ preview: { remarked } }: { preview: ImportPreview }) {
  const t = useTranslations("import");
  const { wordOf, sayOf } = useFieldWords();
  if (remarked.length === 0) return null;
  const columns: [Column<ImportOutcome>, ...Column<ImportOutcome>[]] = [
    { key: "line", head: t("row"), cell: ({ line }) => t("rowNumber", { line }) },
    {
      key: "status",
      head: t("becomes"),
      cell: ({ status }) => (
        <span className={status === "rejected" ? "font-medium text-refuse" : undefined}>
          {t(`counts.${status}`)}
        </span>
      ),
    },
    {
      key: "why",
      head: t("why"),
      narrow: "full",
      cell: ({ remarks }) => (
        <ul>
          {remarks.map(({ field, message }) => (
            <li key={`${field} ${message.key}`}>
              {field !== null && <b>{wordOf(field)}: </b>}
              {sayOf(message)}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <div className="pt-4">
      <Table
        isStack
        caption={t("remarked")}
        columns={columns}
        rows={remarked}
        rowKey={({ line }) => String(line)}
      />
    </div>
  );
}

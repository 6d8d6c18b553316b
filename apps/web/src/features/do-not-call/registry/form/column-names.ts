import type { CsvColumn } from "@ringfence/core/do-not-call/registry";

/** Columns as a person writes them: `phone, 3`. What is a number is a place, from 1. */
export const parseColumns = (text: string): CsvColumn[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => (/^\d{1,4}$/.test(name) ? Number(name) : name));

export const formatColumns = (columns: readonly CsvColumn[]) => columns.join(", ");

/** What the mapping calls the column at a place, from 0: its name where the first row has one of its own. */
export function columnName(place: number, header: readonly string[] | null): CsvColumn {
  const name = header?.[place]?.trim() ?? "";
  const isOwn = header?.filter((other) => other.trim() === name).length === 1;
  return name !== "" && isOwn ? name : place + 1;
}

import type { CsvColumn } from "@ringfence/core/do-not-call/registry";

/** Parses columns as people write them: `phone, 3`. A number is a position from 1. */
export const parseColumns = (text: string): CsvColumn[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => (/^\d{1,4}$/.test(name) ? Number(name) : name));

/** Writes columns as `parseColumns` reads them. */
export const formatColumns = (columns: readonly CsvColumn[]) => columns.join(", ");

/** Finds the mapping's name for the column at an index from 0: its unique header, or its position. */
export function columnName(place: number, header: readonly string[] | null): CsvColumn {
  const name = header?.[place]?.trim() ?? "";
  const isOwn = header?.filter((other) => other.trim() === name).length === 1;
  return name !== "" && isOwn ? name : place + 1;
}

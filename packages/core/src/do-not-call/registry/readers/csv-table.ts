import type { CsvColumn, CsvMapping } from "../csv-mapping.ts";
import type { Row } from "./split-rows.ts";

/** The columns that a mapping speaks of, by their places from 0. */
export type CsvTable = {
  phones: readonly number[];
  flag: number | null;
  date: number | null;
  /** How many columns the first row has. */
  columns: number;
};

/** Finds the columns in the first row of a file; the one that is not there otherwise. */
export function findColumns(
  { hasHeader, phoneColumns, flag, date }: CsvMapping,
  first: readonly string[],
): CsvTable | { missing: CsvColumn } {
  const placeOf = (column: CsvColumn) => {
    if (typeof column === "number") return column <= first.length ? column - 1 : -1;
    return hasHeader ? first.findIndex((name) => name.trim() === column.trim()) : -1;
  };
  const more = [flag, date].flatMap((named) => (named ? [named.column] : []));
  const missing = [...phoneColumns, ...more].find((column) => placeOf(column) === -1);
  if (missing !== undefined) return { missing };
  return {
    phones: phoneColumns.map(placeOf),
    flag: flag ? placeOf(flag.column) : null,
    date: date ? placeOf(date.column) : null,
    columns: first.length,
  };
}

/** Where a field of a row begins and ends, without the spaces around it; null when it is not there. */
export function fieldOf({ bytes, ends }: Row, place: number): [from: number, to: number] | null {
  let to = ends[place];
  if (to === undefined) return null;
  let from = place === 0 ? 0 : (ends[place - 1] ?? 0);
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  return [from, to];
}

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09;

/** What the bytes of a row are in an encoding; null when they cannot be. */
export function textsOf(row: Row, decoder: TextDecoder): string[] | null {
  try {
    return row.ends.map((_, place) => {
      const [from, to] = fieldOf(row, place) ?? [0, 0];
      return decoder.decode(row.bytes.subarray(from, to));
    });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A zero byte is in none of the encodings of tables; what others write is mostly not UTF-8. */
export function isReadable(row: Row, encoding: CsvMapping["encoding"], decoder: TextDecoder) {
  let isAscii = true;
  for (let at = 0; at < (row.ends.at(-1) ?? 0); at++) {
    const byte = row.bytes[at] ?? 0;
    if (byte === 0) return false;
    isAscii &&= byte < 0x80;
  }
  return isAscii || encoding !== "utf-8" || textsOf(row, decoder) !== null;
}

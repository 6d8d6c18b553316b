import type { Message } from "../../platform/message/index.ts";
import { type ReadPhone, readPhone } from "../phone/index.ts";
import type { Dialect } from "./dialect.ts";
import { fileHeadOf, textOf } from "./file-head.ts";
import { phoneColumnNamed } from "./phone-column.ts";
import { readRows } from "./read-rows.ts";
import { makeRowBatch } from "./row-batch.ts";

/** A row as it is shown, and how its phone is read; null while no column is chosen. */
export type PreviewRow = { cells: readonly string[]; reading: ReadPhone | null };

export type FilePreview = {
  hasHeader: boolean;
  /** Of the header, as far as it is shown; without one, none. */
  names: readonly string[];
  /** All that the first row has; of more than a hundred, the rest is not shown. */
  columns: number;
  /** From 0; null when no column looks like one of phones. */
  phoneColumn: number | null;
  rows: readonly PreviewRow[];
};

/** What a person has chosen; the rest is guessed. */
export type PreviewChoice = {
  header?: boolean | undefined;
  phoneColumn?: number | undefined;
  /** ISO 3166-1, of numbers without their country. */
  region: string;
};

const SHOWN_ROWS = 8;
const SHOWN_COLUMNS = 100;

/**
 * Shows from the first bytes of a file how a scrub will read it: the same rows, fields and numbers.
 * `isWhole` when they are all of it.
 */
export function previewFile(
  head: Uint8Array,
  isWhole: boolean,
  { region, ...chosen }: PreviewChoice,
): FilePreview | { fault: Message } {
  const opened = fileHeadOf(head, isWhole);
  if ("fault" in opened) return opened;
  const { dialect, cells } = opened;
  const table = firstRows(head, isWhole, dialect);
  const [first = [], ...others] = table;
  const isPhone = (cell: string) => "phone" in readPhone(cell, region);
  const hasHeader = chosen.header ?? !first.some(isPhone);
  const names = hasHeader ? first : [];
  const body = hasHeader ? others : table.slice(0, SHOWN_ROWS);
  const phoneColumn = chosen.phoneColumn ?? phoneColumnNamed(names) ?? columnOf(body, isPhone);
  const rows = body.map((cells) => {
    const cell = phoneColumn === null ? null : (cells[phoneColumn] ?? "");
    return { cells, reading: cell === null ? null : readPhone(cell, region) };
  });
  return { hasHeader, names, columns: cells.length, phoneColumn, rows };
}

/** The column of which most cells are phones, and not fewer than half; null when there is none. */
function columnOf(rows: readonly (readonly string[])[], isPhone: (cell: string) => boolean) {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const counts = Array.from(
    { length: width },
    (_, column) => rows.filter((cells) => isPhone(cells[column] ?? "")).length,
  );
  const most = Math.max(0, ...counts);
  return most > 0 && most * 2 >= rows.length ? counts.indexOf(most) : null;
}

/** The header, if there is one, and as many rows as are shown, by the loop that reads whole files. */
function firstRows(head: Uint8Array, isWhole: boolean, dialect: Dialect): string[][] {
  const batch = makeRowBatch(SHOWN_ROWS + 1);
  const rows: string[][] = [];
  for (let column = 0; column < SHOWN_COLUMNS; column++) {
    readRows(head, dialect.start, head.length, { ...dialect, column, isLast: isWhole }, batch);
    for (let row = 0; row < batch.count; row++) {
      const [from, to] = [batch.fieldStart[row] ?? -1, batch.fieldEnd[row] ?? -1];
      if (column === 0) rows.push([]);
      if (from !== -1) rows[row]?.push(textOf(head, from, to, dialect));
    }
  }
  return rows;
}

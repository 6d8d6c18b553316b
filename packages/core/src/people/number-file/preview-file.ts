import type { Message } from "../../platform/message/index.ts";
import { type ReadPhone, readPhone } from "../phone/index.ts";
import { type Dialect, HEAD_BYTES, detectDialect, isText } from "./dialect.ts";
import { createRowBatch, readRows } from "./read-rows.ts";

/** A row of the preview, and how its phone is read; null if no phone column was chosen or found. */
export type PreviewRow = { cells: readonly string[]; reading: ReadPhone | null };

export type FilePreview = {
  hasHeader: boolean;
  /** Names in the header, at most a hundred. Empty without a header. */
  names: readonly string[];
  /** Number of columns. At most a hundred are shown. */
  columns: number;
  /** From 0; null if no column looks like phones. */
  phoneColumn: number | null;
  rows: readonly PreviewRow[];
};

/** Choices of a person. The rest is guessed. */
export type PreviewChoice = {
  header?: boolean | undefined;
  phoneColumn?: number | undefined;
  /** Country (ISO 3166-1) of numbers without one. */
  region: string;
};

const MAX_ROWS = 8;
const MAX_COLUMNS = 100;

/**
 * Previews a file for a scrub. Unlike a scrub, it guesses whether the file has a header, and finds the phone column by
 * its content if no header names it. It reads rows, fields and numbers as a scrub does. `isWhole` means that the bytes
 * are the whole file.
 */
export function previewFile(
  head: Uint8Array,
  isWhole: boolean,
  { region, ...chosen }: PreviewChoice,
): FilePreview | { fault: Message } {
  const opened = readFileHead(head, isWhole);
  if ("fault" in opened) return opened;
  const { dialect, cells } = opened;
  const table = readFirstRows(head, isWhole, dialect);
  const [first = [], ...others] = table;
  const isPhone = (cell: string) => "phone" in readPhone(cell, region);
  const hasHeader = chosen.header ?? !first.some(isPhone);
  const names = hasHeader ? first : [];
  const body = hasHeader ? others : table.slice(0, MAX_ROWS);
  const phoneColumn =
    chosen.phoneColumn ?? findPhoneColumnByName(names) ?? findPhoneColumn(body, isPhone);
  const phones = phoneColumn === null ? [] : readFirstCells(head, isWhole, dialect, phoneColumn);
  const rows = body.map((cells, index) => {
    const phone = phones[hasHeader ? index + 1 : index] ?? "";
    return { cells, reading: phoneColumn === null ? null : readPhone(phone, region) };
  });
  return { hasHeader, names, columns: cells.length, phoneColumn, rows };
}

/** Finds the column with the most phones, if at least half of the rows have one in it; null otherwise. */
function findPhoneColumn(rows: readonly (readonly string[])[], isPhone: (cell: string) => boolean) {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const counts = Array.from(
    { length: width },
    (_, column) => rows.filter((cells) => isPhone(cells[column] ?? "")).length,
  );
  const most = Math.max(0, ...counts);
  return most > 0 && most * 2 >= rows.length ? counts.indexOf(most) : null;
}

/** Reads the header and the rows to show. */
function readFirstRows(head: Uint8Array, isWhole: boolean, dialect: Dialect): string[][] {
  const rows: string[][] = [];
  for (let column = 0; column < MAX_COLUMNS; column++) {
    for (const [row, cell] of readFirstCells(head, isWhole, dialect, column).entries()) {
      const cells = (rows[row] ??= []);
      if (cell !== null) cells.push(cell);
    }
  }
  return rows;
}

/**
 * Reads a column of the header and of the rows to show, with the code that reads whole files; null where a row has no
 * such column, nor any after it.
 */
function readFirstCells(
  head: Uint8Array,
  isWhole: boolean,
  dialect: Dialect,
  column: number,
): (string | null)[] {
  const batch = createRowBatch(MAX_ROWS + 1);
  readRows(head, dialect.start, head.length, { ...dialect, column, isLast: isWhole }, batch);
  return Array.from({ length: batch.count }, (_, row) => {
    const [from, to] = [batch.fieldStart[row] ?? -1, batch.fieldEnd[row] ?? -1];
    return from === -1 ? null : decodeField(head, from, to, dialect);
  });
}

const QUOTE = 34;

/** The format of a file, and the cells of its first row. */
export type FileHead = { dialect: Dialect; cells: readonly string[] };

/**
 * Reads the format and the first row from the first bytes of a file, or says why it has no rows. `isWhole`
 * means that they are the whole file.
 */
export function readFileHead(head: Uint8Array, isWhole: boolean): FileHead | { fault: Message } {
  if (!isText(head)) return { fault: { key: "error.scrub-not-text" } };
  const dialect = detectDialect(head, isWhole);
  if (isWhole && head.length === dialect.start) return { fault: { key: "error.scrub-empty" } };

  const batch = createRowBatch(1);
  const { start } = dialect;
  readRows(head, start, head.length, { ...dialect, column: 0, isLast: isWhole }, batch);
  if (batch.count === 0) {
    return {
      fault: isWhole
        ? { key: "error.scrub-quote-open", values: { row: 1 } }
        : { key: "error.scrub-row-endless", values: { row: 1, bytes: HEAD_BYTES } },
    };
  }
  const row = head.subarray(start, batch.end[0]);
  return { dialect, cells: splitCells(row, batch.columns[0] ?? 0, dialect) };
}

/** Splits a row into cells, by reading it as if the delimiter ended rows. */
function splitCells(row: Uint8Array, columns: number, dialect: Dialect): string[] {
  const batch = createRowBatch(columns);
  const noDelimiter = -1;
  const options = { delimiter: noDelimiter, lineEnd: dialect.delimiter, column: 0, isLast: true };
  readRows(row, 0, row.length, options, batch);
  // Nothing is read for an empty last cell.
  return Array.from({ length: columns }, (_, cell) =>
    cell < batch.count
      ? decodeField(row, batch.fieldStart[cell], batch.fieldEnd[cell], dialect)
      : "",
  );
}

/** Decodes a field. In a quoted one, two quotes stand for one. */
function decodeField(bytes: Uint8Array, start = 0, end = 0, { encoding }: Dialect): string {
  const text = new TextDecoder(encoding).decode(bytes.subarray(start, end));
  return bytes[start - 1] === QUOTE ? text.replaceAll('""', '"') : text;
}

/** Usual headers of the phone column. */
const phoneHeaders =
  /^(phone|phone[ _-]?number|mobile|cell|tel|telephone|number|телефон|номер|номер телефона|мобильный)$/i;

/** Finds the phone column (from 0) by its header; null if there is none. */
export function findPhoneColumnByName(names: readonly string[]): number | null {
  const column = names.findIndex((name) => phoneHeaders.test(name.trim()));
  return column === -1 ? null : column;
}

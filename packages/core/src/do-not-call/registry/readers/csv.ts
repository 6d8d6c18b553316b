import type { Message } from "../../../platform/message/index.ts";
import type { CsvColumn, CsvMapping } from "../format.ts";
import { type ParsedDate, createDateParser } from "../date-pattern.ts";
import { type Row, createRowSplitter, createMarkStripper } from "./split-rows.ts";
import { type Draft, type FileReader, reportFile, reportLine } from "./file-reader.ts";
import { addChange } from "../numbers/change-list.ts";
import { addNumber } from "../numbers/number-set.ts";

/** Creates a reader for a table of numbers, described by a mapping. */
export function createCsvReader(
  draft: Draft,
  file: string,
  mapping: CsvMapping,
  readPhone: ReadPhone,
): FileReader {
  const { encoding } = mapping;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const readDate = mapping.date ? createDateParser(mapping.date.pattern) : null;
  let table: CsvTable | null = null;
  let isRefused = false;
  let rows = 0;
  let shortest = 0;

  const refuse = (fault: Message) => {
    isRefused = true;
    reportFile(draft, fault);
  };

  const onRow = (row: Row, isEnded: boolean) => {
    if (isRefused || row.length === 0) return;
    const { line } = row;
    if (row.isMalformed) return refuse({ key: "registry.fault.quote", values: { file, line } });
    if (!isReadable(row, encoding, decoder)) {
      return refuse({ key: "registry.fault.encoding", values: { file, line, encoding } });
    }
    if (table === null) {
      const found = findColumns(mapping, decodeFields(row, decoder) ?? []);
      if ("missing" in found) {
        return refuse({ key: "registry.fault.column", values: { file, column: found.missing } });
      }
      table = found;
      if (mapping.hasHeader) return;
    }
    // A last row without a line end may be truncated: if it has fewer columns, or is shorter than every row before it.
    const isShort = row.ends.length < table.columns || row.length < shortest;
    if (isShort && !isEnded)
      return refuse({ key: "registry.fault.cut-off", values: { file, line } });

    shortest = rows === 0 ? row.length : Math.min(shortest, row.length);
    rows++;
    draft.lines++;
    const wrong = readRow(draft, row, { file, mapping, table, decoder, readDate, readPhone });
    if (wrong) reportLine(draft, wrong);
  };

  const splitter = createRowSplitter(mapping.delimiter, onRow);
  const markStripper = createMarkStripper(
    encoding,
    (bytes) => splitter.push(bytes),
    () => refuse({ key: "registry.fault.encoding", values: { file, line: 1, encoding } }),
  );
  return {
    push(bytes) {
      if (!isRefused) markStripper.push(bytes);
    },
    end() {
      markStripper.end();
      splitter.end();
      const isNamed = table !== null || !mapping.hasHeader;
      const mayBeEmpty = mapping.kind === "delta" && mapping.mayBeEmpty && isNamed;
      if (rows === 0 && !mayBeEmpty && !isRefused) {
        refuse({ key: "registry.fault.empty", values: { file } });
      }
    },
  };
}

/**
 * Parses a phone number as people and systems write it into its E.164 digits, as an integer; 0 if it is not
 * a number.
 */
export type ReadPhone = (bytes: Uint8Array, from: number, to: number, region: string) => number;

/** `@` */
const AT = 0x40;

/** Everything needed to read the rows of a file. */
type RowReading = {
  file: string;
  mapping: CsvMapping;
  table: CsvTable;
  decoder: TextDecoder;
  /** Null if no column has a date. */
  readDate: ((text: string) => ParsedDate | null) | null;
  readPhone: ReadPhone;
};

/**
 * Adds the numbers of a row to the draft. Returns a fault, or null. Numbers before the fault are added all the same.
 */
function readRow(draft: Draft, row: Row, reading: RowReading): Message | null {
  const where = { file: reading.file, line: row.line };
  const { mapping, table, readPhone } = reading;
  const isAddition = readFlag(row, reading);
  if (isAddition === null) return { key: "registry.fault.flag", values: where };
  const date = readDate(row, reading);
  // Undated changes cannot be sorted. A full list still lists the number.
  if (date === null && mapping.kind === "delta") return toDateFault(mapping, where);

  let found = 0;
  let emails = 0;
  for (const [index, column] of table.phones.entries()) {
    const values = { ...where, column: mapping.phoneColumns[index] ?? "" };
    const field = findField(row, column);
    if (field === null) return { key: "registry.fault.short-row", values };
    const [from, to] = field;
    if (from === to) continue;

    const digits = readPhone(row.bytes, from, to, mapping.region);
    if (!(digits > 0) && mapping.mayHoldEmails && row.bytes.subarray(from, to).includes(AT)) {
      emails++;
      continue;
    }
    if (!(digits > 0)) return { key: "registry.fault.no-number", values };
    found++;
    if (mapping.kind === "delta") addChange(draft.changes, digits, date?.atMs ?? 0, isAddition);
    else if (isAddition) addNumber(draft.numbers, digits);
  }
  if (date === null) return toDateFault(mapping, where);
  if (date && date.day > (draft.publishedOn ?? "")) draft.publishedOn = date.day;
  if (found + emails > 0) return null;
  const values = { ...where, column: mapping.phoneColumns[0] ?? "" };
  return { key: "registry.fault.no-number", values };
}

const toDateFault = ({ date }: CsvMapping, where: { file: string; line: number }): Message => ({
  key: "registry.fault.date",
  values: { ...where, column: date?.column ?? "", pattern: date?.pattern ?? "" },
});

/** Reads the date of a row; null if it is missing or invalid, undefined if the mapping has no date. */
function readDate(row: Row, { table, decoder, readDate }: RowReading) {
  if (readDate === null || table.date === null) return undefined;
  const field = findField(row, table.date);
  return field === null ? null : readDate(decoder.decode(row.bytes.subarray(...field)));
}

/** True if a row adds its numbers, false if it removes them, null if its flag is unknown. */
function readFlag(row: Row, { mapping: { flag }, table, decoder }: RowReading) {
  if (flag === undefined || table.flag === null) return true;

  const field = findField(row, table.flag);
  if (field === null) return null;
  const text = decoder.decode(row.bytes.subarray(...field));
  if (flag.added.includes(text)) return true;
  return flag.removed.includes(text) ? false : null;
}

/** The columns of a mapping, as indexes from 0. */
type CsvTable = {
  phones: readonly number[];
  flag: number | null;
  date: number | null;
  /** Number of columns in the first row. */
  columns: number;
};

/** Finds the columns in the first row of a file, or the first one that is missing. */
function findColumns(
  { hasHeader, phoneColumns, flag, date }: CsvMapping,
  first: readonly string[],
): CsvTable | { missing: CsvColumn } {
  const findColumnIndex = (column: CsvColumn) => {
    if (typeof column === "number") return column <= first.length ? column - 1 : -1;
    return hasHeader ? first.findIndex((name) => name.trim() === column.trim()) : -1;
  };
  const more = [flag, date].flatMap((named) => (named ? [named.column] : []));
  const missing = [...phoneColumns, ...more].find((column) => findColumnIndex(column) === -1);
  if (missing !== undefined) return { missing };
  return {
    phones: phoneColumns.map(findColumnIndex),
    flag: flag ? findColumnIndex(flag.column) : null,
    date: date ? findColumnIndex(date.column) : null,
    columns: first.length,
  };
}

/** Finds where a field begins and ends, without surrounding spaces; null if it is missing. */
function findField({ bytes, ends }: Row, column: number): [from: number, to: number] | null {
  let to = ends[column];
  if (to === undefined) return null;
  let from = column === 0 ? 0 : (ends[column - 1] ?? 0);
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  return [from, to];
}

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09;

/** Decodes the fields of a row; null if a byte is invalid in the encoding. */
function decodeFields(row: Row, decoder: TextDecoder): string[] | null {
  try {
    return row.ends.map((_, column) => {
      const [from, to] = findField(row, column) ?? [0, 0];
      return decoder.decode(row.bytes.subarray(from, to));
    });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** True if a row is valid in the encoding. A zero byte never is. */
function isReadable(row: Row, encoding: CsvMapping["encoding"], decoder: TextDecoder) {
  let isAscii = true;
  for (let at = 0; at < (row.ends.at(-1) ?? 0); at++) {
    const byte = row.bytes[at] ?? 0;
    if (byte === 0) return false;
    isAscii &&= byte < 0x80;
  }
  return isAscii || encoding !== "utf-8" || decodeFields(row, decoder) !== null;
}

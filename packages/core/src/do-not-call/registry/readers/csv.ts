import type { Message } from "../../../platform/message/index.ts";
import type { CsvColumn, CsvMapping } from "../format.ts";
import { type DateRead, makeDateReader } from "../date-pattern.ts";
import { type Row, splitRows, withoutMark } from "./split-rows.ts";
import { type Draft, type FileReader, reportFile, reportLine } from "./file-reader.ts";
import { addChange } from "../numbers/change-list.ts";
import { addNumber } from "../numbers/number-set.ts";

/** Reads a table of numbers as a mapping has it. */
export function readCsv(
  draft: Draft,
  file: string,
  mapping: CsvMapping,
  readPhone: ReadPhone,
): FileReader {
  const { encoding } = mapping;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const readDate = mapping.date ? makeDateReader(mapping.date.pattern) : null;
  let table: CsvTable | null = null;
  let isLost = false;
  let rows = 0;
  let shortest = 0;

  const fault = (key: Message["key"], line: number, more: Message["values"] = {}): Message => ({
    key,
    values: { file, line, ...more },
  });
  const lose = (...about: Parameters<typeof fault>) => {
    isLost = true;
    reportFile(draft, fault(...about));
  };

  const onRow = (row: Row, isEnded: boolean) => {
    if (isLost || row.length === 0) return;
    if (row.isMalformed) return lose("registry.fault.quote", row.line);
    if (!isReadable(row, encoding, decoder)) {
      return lose("registry.fault.encoding", row.line, { encoding });
    }
    if (table === null) {
      const found = findColumns(mapping, textsOf(row, decoder) ?? []);
      if ("missing" in found) return lose("registry.fault.column", 1, { column: found.missing });
      table = found;
      if (mapping.hasHeader) return;
    }
    const isShort = row.ends.length < table.columns || row.length < shortest;
    if (isShort && !isEnded) return lose("registry.fault.cut-off", row.line);

    shortest = rows === 0 ? row.length : Math.min(shortest, row.length);
    rows++;
    draft.lines++;
    const wrong = readRow(draft, row, { mapping, table, decoder, readDate, readPhone });
    if (wrong) reportLine(draft, fault(wrong.key, row.line, wrong.values));
  };

  const splitter = splitRows(mapping.delimiter, onRow);
  const unmarked = withoutMark(
    encoding,
    (bytes) => splitter.push(bytes),
    () => lose("registry.fault.encoding", 1, { encoding }),
  );
  return {
    push(bytes) {
      if (!isLost) unmarked.push(bytes);
    },
    end() {
      unmarked.end();
      splitter.end();
      const isNamed = table !== null || !mapping.hasHeader;
      const mayBeEmpty = mapping.kind === "delta" && mapping.mayBeEmpty && isNamed;
      if (rows === 0 && !mayBeEmpty && !isLost) lose("registry.fault.empty", 1);
    },
  };
}

/**
 * Reads a phone number as people and systems write it: its E.164 digits as an integer, 0 when it is
 * none.
 */
export type ReadPhone = (bytes: Uint8Array, from: number, to: number, region: string) => number;

const AT = 0x40;

/** How the rows of a file are to be read. */
type RowReading = {
  mapping: CsvMapping;
  table: CsvTable;
  decoder: TextDecoder;
  /** Null where no column tells a date. */
  readDate: ((text: string) => DateRead | null) | null;
  readPhone: ReadPhone;
};

/** Takes the numbers of a row; what is wrong with it, if anything is. */
function readRow(draft: Draft, row: Row, reading: RowReading) {
  const { mapping, table, readPhone } = reading;
  const isAddition = readFlag(row, reading);
  if (isAddition === null) return { key: "registry.fault.flag" } as const;
  const date = readDateOf(row, reading);
  // Nobody knows what came after it; a list lists its number all the same.
  if (date === null && mapping.kind === "delta") return undatedBy(mapping);

  let found = 0;
  let emails = 0;
  for (const [index, place] of table.phones.entries()) {
    const values = { column: mapping.phoneColumns[index] ?? "" };
    const field = fieldOf(row, place);
    if (field === null) return { key: "registry.fault.short-row", values } as const;
    const [from, to] = field;
    if (from === to) continue;

    const digits = readPhone(row.bytes, from, to, mapping.region);
    if (!(digits > 0) && mapping.mayHoldEmails && row.bytes.subarray(from, to).includes(AT)) {
      emails++;
      continue;
    }
    if (!(digits > 0)) return { key: "registry.fault.no-number", values } as const;
    found++;
    if (mapping.kind === "delta") addChange(draft.changes, digits, date?.atMs ?? 0, isAddition);
    else if (isAddition) addNumber(draft.numbers, digits);
  }
  if (date === null) return undatedBy(mapping);
  if (date && date.day > (draft.publishedOn ?? "")) draft.publishedOn = date.day;
  if (found + emails > 0) return null;
  const values = { column: mapping.phoneColumns[0] ?? "" };
  return { key: "registry.fault.no-number", values } as const;
}

const undatedBy = ({ date }: CsvMapping) =>
  ({ key: "registry.fault.date", values: date ?? {} }) as const;

/** Of what day a row is; null when it does not say, and undefined where none has to. */
function readDateOf(row: Row, { table, decoder, readDate }: RowReading) {
  if (readDate === null || table.date === null) return undefined;
  const field = fieldOf(row, table.date);
  return field === null ? null : readDate(decoder.decode(row.bytes.subarray(...field)));
}

/** Whether a row adds its numbers; null when it does not say. */
function readFlag(row: Row, { mapping: { flag }, table, decoder }: RowReading) {
  if (flag === undefined || table.flag === null) return true;

  const field = fieldOf(row, table.flag);
  if (field === null) return null;
  const text = decoder.decode(row.bytes.subarray(...field));
  if (flag.added.includes(text)) return true;
  return flag.removed.includes(text) ? false : null;
}

/** The columns that a mapping speaks of, by their places from 0. */
type CsvTable = {
  phones: readonly number[];
  flag: number | null;
  date: number | null;
  /** How many columns the first row has. */
  columns: number;
};

/** Finds the columns in the first row of a file; the one that is not there otherwise. */
function findColumns(
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
function fieldOf({ bytes, ends }: Row, place: number): [from: number, to: number] | null {
  let to = ends[place];
  if (to === undefined) return null;
  let from = place === 0 ? 0 : (ends[place - 1] ?? 0);
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  return [from, to];
}

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09;

/** What the bytes of a row are in an encoding; null when they cannot be. */
function textsOf(row: Row, decoder: TextDecoder): string[] | null {
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
function isReadable(row: Row, encoding: CsvMapping["encoding"], decoder: TextDecoder) {
  let isAscii = true;
  for (let at = 0; at < (row.ends.at(-1) ?? 0); at++) {
    const byte = row.bytes[at] ?? 0;
    if (byte === 0) return false;
    isAscii &&= byte < 0x80;
  }
  return isAscii || encoding !== "utf-8" || textsOf(row, decoder) !== null;
}

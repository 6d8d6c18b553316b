import { addChange } from "../change-list.ts";
import type { CsvMapping } from "../csv-mapping.ts";
import type { DateRead } from "../date-pattern.ts";
import { addNumber } from "../number-set.ts";
import { type CsvTable, fieldOf } from "./csv-table.ts";
import type { Draft } from "./draft.ts";
import type { Row } from "./split-rows.ts";

/**
 * Reads a phone number as people and systems write it: its E.164 digits as an integer, 0 when it is
 * none.
 */
export type ReadPhone = (bytes: Uint8Array, from: number, to: number, region: string) => number;

const AT = 0x40;

/** How the rows of a file are to be read. */
export type RowReading = {
  mapping: CsvMapping;
  table: CsvTable;
  decoder: TextDecoder;
  /** Null where no column tells a date. */
  readDate: ((text: string) => DateRead | null) | null;
  readPhone: ReadPhone;
};

/** Takes the numbers of a row; what is wrong with it, if anything is. */
export function readRow(draft: Draft, row: Row, reading: RowReading) {
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

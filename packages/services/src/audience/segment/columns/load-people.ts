import { Zone } from "@ringfence/core/platform/time";
import type { PoolClient } from "pg";
import {
  type CopyRows,
  copyRows,
  createByteIndex,
  readInstant,
  readInteger,
  isNull,
  fieldLength,
  fieldStart,
} from "../../../platform/internal.ts";
import {
  type Budget,
  ColumnsTooLarge,
  type ValueBuilder,
  createGrowingColumn,
  createValueBuilder,
  createOrdinalIndex,
  buildValues,
} from "./growing-columns.ts";
import {
  type ConsentColumns,
  type ConsentTerms,
  type CodedValues,
  MAX_VALUES,
} from "@ringfence/core/audience/segment/columns";
import { z } from "zod";

/** All contacts in ascending order of their ordinals, with their zones. */
export type PeopleColumns = {
  ordinals: Int32Array;
  findIndex: (ordinal: number) => number;
  zones: Uint16Array;
  zoneNames: string[];
};

/** Loads all contacts. The rows must arrive sorted by ordinal. An unknown zone counts as none (code 0). */
export async function loadPeople(
  client: PoolClient,
  query: string,
  budget: Budget,
): Promise<PeopleColumns> {
  const ordinals = createGrowingColumn((length) => new Int32Array(length), budget);
  const zones = createGrowingColumn((length) => new Uint16Array(length), budget);
  const zoneNames = [""];
  const codes = new Map<string, number>();
  let count = 0;
  await copyRows(client, query, 2, (rows) => {
    for (let row = 0; row < rows.count; row++, count++) {
      ordinals.put(count, readInteger(rows, row, 0));
      const name = readText(rows, row, 1);
      const code = codes.get(name) ?? (Zone.safeParse(name).success ? zoneNames.push(name) - 1 : 0);
      codes.set(name, code);
      zones.put(count, code);
    }
  });
  const all = ordinals.column.slice(0, count);
  budget.take(all.byteLength);
  return {
    ordinals: all,
    findIndex: createOrdinalIndex(all),
    zones: zones.column.slice(0, count),
    zoneNames,
  };
}

/** Loads one value for each person and name. `tooWide` lists names with too many distinct values. */
export async function loadValues(
  client: PoolClient,
  query: string,
  { findIndex, ordinals }: PeopleColumns,
  budget: Budget,
): Promise<{ values: Map<string, CodedValues>; tooWide: string[] }> {
  const columns: ValueBuilder[] = [];
  const names: string[] = [];
  const columnAt = createByteIndex((bytes) => {
    names.push(bytes.toString("utf8", LENGTH_BYTES));
    return columns.push(createValueBuilder(budget)) - 1;
  });
  await copyRows(client, query, 4, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const name = fieldStart(rows, row, 1) - LENGTH_BYTES;
      const values =
        columns[columnAt(rows.bytes, rows.view, name, fieldStart(rows, row, 2) - LENGTH_BYTES)];
      if (values === undefined || values.hasTooManyValues()) continue;
      const text = isNull(rows, row, 2) ? null : readText(rows, row, 2);
      const number = isNull(rows, row, 3) ? null : readNumber(rows, row, 3);
      const value = text ?? (number === null ? "" : String(number));
      const code = values.toCode(`${text === null ? "n" : "t"}${value}`, () => [{ text, number }]);
      values.put(findIndex(readInteger(rows, row, 0)), code);
    }
  });
  const named = columns.map((values, index) => ({ name: names[index] ?? "", values }));
  const kept = named.filter(({ values }) => !values.hasTooManyValues());
  for (const _ of kept) budget.take(2 * ordinals.length);
  return {
    values: new Map(kept.map(({ name, values }) => [name, buildValues(values, ordinals.length)])),
    tooWide: named.flatMap(({ name, values }) => (values.hasTooManyValues() ? [name] : [])),
  };
}

/** COPY puts the length of each value in front of it. */
const LENGTH_BYTES = 4;

const TermsText = z.tuple([z.string(), z.string(), z.array(z.string()), z.array(z.string())]);

/** Loads consent events. The rows must arrive sorted by person and phone. */
export async function loadConsents(
  client: PoolClient,
  query: string,
  { findIndex, ordinals }: PeopleColumns,
  budget: Budget,
): Promise<ConsentColumns> {
  const floats = () => createGrowingColumn((length) => new Float64Array(length), budget);
  const [at, until, voidSince] = [floats(), floats(), floats()];
  const begins = createGrowingColumn((length) => new Uint8Array(length), budget);
  const terms = createGrowingColumn((length) => new Uint16Array(length), budget);
  const first = new Uint32Array(ordinals.length + 1);
  const termsByCode: ConsentTerms[] = [];
  const findTerms = createByteIndex((bytes) => {
    if (termsByCode.length > MAX_VALUES) throw new ColumnsTooLarge("too many terms of consents");
    const [type, sellerId, purposes, channels] = TermsText.parse(JSON.parse(bytes.toString()));
    return termsByCode.push({ type, sellerId, purposes, channels }) - 1;
  });
  let [count, before] = [0, ""];
  await copyRows(client, query, 6, (rows) => {
    for (let row = 0; row < rows.count; row++, count++) {
      const person = findIndex(readInteger(rows, row, 0));
      first[person + 1] = (first[person + 1] ?? 0) + 1;
      const phone = fieldStart(rows, row, 1);
      const owned = `${person} ${rows.bytes.toString("latin1", phone, phone + UUID_BYTES)}`;
      begins.put(count, Number(owned !== before));
      before = owned;
      at.put(count, readInstant(rows, row, 2));
      until.put(count, toEnd(readInstant(rows, row, 3)));
      voidSince.put(count, toEnd(readInstant(rows, row, 4)));
      terms.put(
        count,
        findTerms(rows.bytes, rows.view, fieldStart(rows, row, 5), rows.end[row] ?? 0),
      );
    }
  });
  for (let person = 0; person < ordinals.length; person++) {
    first[person + 1] = (first[person + 1] ?? 0) + (first[person] ?? 0);
  }
  return {
    first,
    begins: begins.column.slice(0, count),
    at: at.column.slice(0, count),
    until: until.column.slice(0, count),
    voidSince: voidSince.column.slice(0, count),
    terms: terms.column.slice(0, count),
    termsByCode,
  };
}

const UUID_BYTES = 16;
const toEnd = (instant: number) => (Number.isNaN(instant) ? Infinity : instant);

/** Reads a `text`. Empty for NULL. */
export function readText(rows: CopyRows, row: number, column: number): string {
  const at = fieldStart(rows, row, column);
  return rows.bytes.toString("utf8", at, at + Math.max(0, fieldLength(rows, row, column)));
}

/** Reads a `double precision`. NaN for NULL. */
export const readNumber = (rows: CopyRows, row: number, column: number): number =>
  fieldLength(rows, row, column) === -1
    ? Number.NaN
    : rows.view.getFloat64(fieldStart(rows, row, column));

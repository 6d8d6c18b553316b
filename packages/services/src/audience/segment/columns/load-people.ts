import { Zone } from "@ringfence/core/platform/time";
import type { PoolClient } from "pg";
import {
  type CopyRows,
  copyRows,
  instantIn,
  integerIn,
  isNull,
  lengthIn,
  startIn,
} from "../../../platform/copy-rows.ts";
import {
  type Budget,
  type GrowingValues,
  growing,
  growingValues,
  makePlaces,
  valuesOfAll,
} from "./growing-columns.ts";
import type { Consents, Said, Values } from "@ringfence/core/audience/segment/columns";
import { makeByteIndex } from "../../../platform/byte-index.ts";
import { z } from "zod";

/** Whose places there are, and where they live. */
export type People = {
  ordinals: Int32Array;
  placeOf: (ordinal: number) => number;
  zones: Uint16Array;
  zoneNames: string[];
};

export async function loadPeople(
  client: PoolClient,
  query: string,
  budget: Budget,
): Promise<People> {
  const ordinals = growing((length) => new Int32Array(length), budget);
  const zones = growing((length) => new Uint16Array(length), budget);
  const zoneNames = [""];
  const codes = new Map<string, number>();
  let count = 0;
  await copyRows(client, query, 2, (rows) => {
    for (let row = 0; row < rows.count; row++, count++) {
      ordinals.put(count, integerIn(rows, row, 0));
      const name = textIn(rows, row, 1);
      const code = codes.get(name) ?? (Zone.safeParse(name).success ? zoneNames.push(name) - 1 : 0);
      codes.set(name, code);
      zones.put(count, code);
    }
  });
  const all = ordinals.column.slice(0, count);
  budget.take(all.byteLength);
  return {
    ordinals: all,
    placeOf: makePlaces(all),
    zones: zones.column.slice(0, count),
    zoneNames,
  };
}

/** One value for each person and name: `tooWide` are the names of which there are too many. */
export async function loadValues(
  client: PoolClient,
  query: string,
  { placeOf, ordinals }: People,
  budget: Budget,
): Promise<{ values: Map<string, Values>; tooWide: string[] }> {
  const columns: GrowingValues[] = [];
  const names: string[] = [];
  const columnAt = makeByteIndex((bytes) => {
    names.push(bytes.toString("utf8", LENGTH_BYTES));
    return columns.push(growingValues(budget)) - 1;
  });
  await copyRows(client, query, 4, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const name = startIn(rows, row, 1) - LENGTH_BYTES;
      const values =
        columns[columnAt(rows.bytes, rows.view, name, startIn(rows, row, 2) - LENGTH_BYTES)];
      if (values === undefined || values.isTooWide()) continue;
      const text = isNull(rows, row, 2) ? null : textIn(rows, row, 2);
      const number = isNull(rows, row, 3) ? null : numberIn(rows, row, 3);
      const told = text ?? (number === null ? "" : String(number));
      const code = values.codeOf(`${text === null ? "n" : "t"}${told}`, () => [{ text, number }]);
      values.put(placeOf(integerIn(rows, row, 0)), code);
    }
  });
  const named = columns.map((values, index) => ({ name: names[index] ?? "", values }));
  const kept = named.filter(({ values }) => !values.isTooWide());
  for (const _ of kept) budget.take(2 * ordinals.length);
  return {
    values: new Map(kept.map(({ name, values }) => [name, valuesOfAll(values, ordinals.length)])),
    tooWide: named.flatMap(({ name, values }) => (values.isTooWide() ? [name] : [])),
  };
}

const LENGTH_BYTES = 4;

const SaidText = z.tuple([z.string(), z.string(), z.array(z.string()), z.array(z.string())]);

/** What was said of phones, person by person and of each phone by phone: the rows come in this order. */
export async function loadConsents(
  client: PoolClient,
  query: string,
  { placeOf, ordinals }: People,
  budget: Budget,
): Promise<Consents> {
  const floats = () => growing((length) => new Float64Array(length), budget);
  const [at, until, voidSince] = [floats(), floats(), floats()];
  const begins = growing((length) => new Uint8Array(length), budget);
  const said = growing((length) => new Uint16Array(length), budget);
  const first = new Uint32Array(ordinals.length + 1);
  const known: Said[] = [];
  const find = makeByteIndex((bytes) => {
    const [type, sellerId, purposes, channels] = SaidText.parse(JSON.parse(bytes.toString()));
    return known.push({ type, sellerId, purposes, channels }) - 1;
  });
  let [count, before] = [0, ""];
  await copyRows(client, query, 6, (rows) => {
    for (let row = 0; row < rows.count; row++, count++) {
      const place = placeOf(integerIn(rows, row, 0));
      first[place + 1] = (first[place + 1] ?? 0) + 1;
      const phone = startIn(rows, row, 1);
      const owned = `${place} ${rows.bytes.toString("latin1", phone, phone + UUID_BYTES)}`;
      begins.put(count, Number(owned !== before));
      before = owned;
      at.put(count, instantIn(rows, row, 2));
      until.put(count, orNever(instantIn(rows, row, 3)));
      voidSince.put(count, orNever(instantIn(rows, row, 4)));
      said.put(count, find(rows.bytes, rows.view, startIn(rows, row, 5), rows.end[row] ?? 0));
    }
  });
  for (let place = 0; place < ordinals.length; place++) {
    first[place + 1] = (first[place + 1] ?? 0) + (first[place] ?? 0);
  }
  return {
    first,
    begins: begins.column.slice(0, count),
    at: at.column.slice(0, count),
    until: until.column.slice(0, count),
    voidSince: voidSince.column.slice(0, count),
    said: said.column.slice(0, count),
    known,
  };
}

const UUID_BYTES = 16;
const orNever = (instant: number) => (Number.isNaN(instant) ? Infinity : instant);

/** A `text`; the empty one for NULL. */
export function textIn(rows: CopyRows, row: number, column: number): string {
  const at = startIn(rows, row, column);
  return rows.bytes.toString("utf8", at, at + Math.max(0, lengthIn(rows, row, column)));
}

/** A `double precision`; NaN for NULL. */
export const numberIn = (rows: CopyRows, row: number, column: number): number =>
  lengthIn(rows, row, column) === -1
    ? Number.NaN
    : rows.view.getFloat64(startIn(rows, row, column));

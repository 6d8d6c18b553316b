import { type Columns, type Consents, type Deeds, MOST_VALUES, type Values } from "./columns.ts";

/**
 * What the same people did, from two columns of one kind, in the order of time. `tooWide` are properties
 * that say more different things together than are kept: they are left out.
 */
export function mergeDeeds(one: Deeds, other: Deeds): { deeds: Deeds; tooWide: string[] } {
  const first = one.first.map((begin, place) => begin + (other.first[place] ?? 0));
  const merged = mergeOrder(one, other, first);
  const names = new Set([...one.properties.keys(), ...other.properties.keys()]);
  const all = [...names].map((name) => {
    const values = [one.properties.get(name), other.properties.get(name)] as const;
    return { name, values: mergeValues(merged, ...values) };
  });
  const deeds: Deeds = {
    first,
    at: placed(merged, one.at, other.at, new Float64Array(merged.length)),
    amounts:
      one.amounts === null && other.amounts === null
        ? null
        : placed(
            merged,
            one.amounts ?? unknown(one.at),
            other.amounts ?? unknown(other.at),
            new Float64Array(merged.length),
          ),
    properties: new Map(
      all.flatMap(({ name, values }) => (values === null ? [] : [[name, values] as const])),
    ),
  };
  return { deeds, tooWide: all.flatMap(({ name, values }) => (values === null ? [name] : [])) };
}

/** Of which rows: `row` of the one, or `-1 - row` of the other. */
function mergeOrder(one: Deeds, other: Deeds, first: Uint32Array): Int32Array {
  const merged = new Int32Array(first[first.length - 1] ?? 0);
  let to = 0;
  for (let place = 0; place + 1 < first.length; place++) {
    let row = one.first[place] ?? 0;
    let next = other.first[place] ?? 0;
    const [end, ends] = [one.first[place + 1] ?? 0, other.first[place + 1] ?? 0];
    while (row < end || next < ends) {
      const isOne = next >= ends || (row < end && (one.at[row] ?? 0) <= (other.at[next] ?? 0));
      merged[to++] = isOne ? row++ : -1 - next++;
    }
  }
  return merged;
}

const unknown = (rows: Float64Array) => new Float64Array(rows.length).fill(Number.NaN);

function placed<Column extends Float64Array | Uint16Array>(
  merged: Int32Array,
  one: Column,
  other: Column,
  to: Column,
): Column {
  for (let place = 0; place < merged.length; place++) {
    const row = merged[place] ?? 0;
    to[place] = (row >= 0 ? one[row] : other[-1 - row]) ?? 0;
  }
  return to;
}

/** What the other says is put behind what the one knows; null where there is no code left for it. */
function mergeValues(
  merged: Int32Array,
  one: Values | undefined,
  other: Values | undefined,
): Values | null {
  const before = one?.known ?? [[]];
  const known = [...before, ...(other?.known.slice(1) ?? [])];
  if (known.length - 1 > MOST_VALUES) return null;
  const behind = before.length - 1;
  const codes = placed(
    merged,
    one?.codes ?? new Uint16Array(0),
    other?.codes.map((code) => (code === 0 ? 0 : code + behind)) ?? new Uint16Array(0),
    new Uint16Array(merged.length),
  );
  return { codes, known };
}

/** The columns of some people alone, whose places are told, ascending. */
export function takePeople(columns: Columns, places: Int32Array): Columns {
  const taken = ({ codes, known }: Values) => ({ codes: each(codes, places, shorts), known });
  return {
    ...columns,
    ordinals: each(columns.ordinals, places, ints),
    zones: each(columns.zones, places, shorts),
    refused: each(columns.refused, places, bytes),
    fields: mapped(columns.fields, taken),
    preferences: mapped(columns.preferences, taken),
    deeds: mapped(columns.deeds, (deeds) => takeDeeds(deeds, places)),
    calls: takeDeeds(columns.calls, places),
    consents: takeConsents(columns.consents, places),
  };
}

type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;
type Make<Column> = (length: number) => Column;

const floats = (length: number) => new Float64Array(length);
const ints = (length: number) => new Int32Array(length);
const shorts = (length: number) => new Uint16Array(length);
const bytes = (length: number) => new Uint8Array(length);

const mapped = <From, To>(all: ReadonlyMap<string, From>, take: (one: From) => To) =>
  new Map([...all].map(([name, one]) => [name, take(one)]));

function each<Column extends Numbers>(
  column: Column,
  places: Int32Array,
  make: Make<Column>,
): Column {
  const taken = make(places.length);
  for (const [index, place] of places.entries()) taken[index] = column[place] ?? 0;
  return taken;
}

/** Where the rows of each person begin, when there are no others. */
function firstOf(first: Uint32Array, places: Int32Array): Uint32Array {
  const taken = new Uint32Array(places.length + 1);
  for (const [index, place] of places.entries()) {
    taken[index + 1] = (taken[index] ?? 0) + (first[place + 1] ?? 0) - (first[place] ?? 0);
  }
  return taken;
}

/** Copies the rows of these people from columns in which everybody's stand, person by person. */
function rowsOf(first: Uint32Array, places: Int32Array) {
  const taken = firstOf(first, places);
  const rows = <Column extends Numbers>(column: Column, make: Make<Column>): Column => {
    const copied = make(taken[places.length] ?? 0);
    for (const [index, place] of places.entries()) {
      copied.set(column.subarray(first[place], first[place + 1]), taken[index]);
    }
    return copied;
  };
  return { first: taken, rows };
}

function takeDeeds({ first, at, amounts, properties }: Deeds, places: Int32Array): Deeds {
  const taken = rowsOf(first, places);
  return {
    first: taken.first,
    at: taken.rows(at, floats),
    amounts: amounts && taken.rows(amounts, floats),
    properties: mapped(properties, ({ codes, known }) => ({
      codes: taken.rows(codes, shorts),
      known,
    })),
  };
}

function takeConsents(consents: Consents, places: Int32Array): Consents {
  const { first, rows } = rowsOf(consents.first, places);
  return {
    first,
    begins: rows(consents.begins, bytes),
    at: rows(consents.at, floats),
    until: rows(consents.until, floats),
    voidSince: rows(consents.voidSince, floats),
    said: rows(consents.said, shorts),
    known: consents.known,
  };
}

import type { Columns, Consents, Deeds, Values } from "./columns.ts";

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

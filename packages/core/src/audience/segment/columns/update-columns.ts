import {
  type Columns,
  type ConsentColumns,
  type ActivityColumns,
  MAX_VALUES,
  type CodedValues,
} from "./columns.ts";

/**
 * Merges two sets of activities of the same people, each sorted by person and time, as the result is. `tooWide` lists
 * properties with too many distinct values together; they are left out.
 */
export function mergeActivities(
  one: ActivityColumns,
  other: ActivityColumns,
): { activities: ActivityColumns; tooWide: string[] } {
  const first = one.first.map((begin, person) => begin + (other.first[person] ?? 0));
  const merged = mergeOrder(one, other, first);
  const names = new Set([...one.properties.keys(), ...other.properties.keys()]);
  const all = [...names].map((name) => {
    const values = [one.properties.get(name), other.properties.get(name)] as const;
    return { name, values: mergeValues(merged, ...values) };
  });
  const activities: ActivityColumns = {
    first,
    at: pickRows(merged, one.at, other.at, new Float64Array(merged.length)),
    amounts:
      one.amounts === null && other.amounts === null
        ? null
        : pickRows(
            merged,
            one.amounts ?? noAmounts(one.at),
            other.amounts ?? noAmounts(other.at),
            new Float64Array(merged.length),
          ),
    properties: new Map(
      all.flatMap(({ name, values }) => (values === null ? [] : [[name, values] as const])),
    ),
  };
  return {
    activities,
    tooWide: all.flatMap(({ name, values }) => (values === null ? [name] : [])),
  };
}

/** Maps merged rows: `row` of the first set, or `-1 - row` of the second. */
function mergeOrder(one: ActivityColumns, other: ActivityColumns, first: Uint32Array): Int32Array {
  const merged = new Int32Array(first[first.length - 1] ?? 0);
  let to = 0;
  for (let person = 0; person + 1 < first.length; person++) {
    let row = one.first[person] ?? 0;
    let next = other.first[person] ?? 0;
    const [end, nextEnd] = [one.first[person + 1] ?? 0, other.first[person + 1] ?? 0];
    while (row < end || next < nextEnd) {
      const isOne = next >= nextEnd || (row < end && (one.at[row] ?? 0) <= (other.at[next] ?? 0));
      merged[to++] = isOne ? row++ : -1 - next++;
    }
  }
  return merged;
}

const noAmounts = (rows: Float64Array) => new Float64Array(rows.length).fill(Number.NaN);

function pickRows<Column extends Float64Array | Uint16Array>(
  merged: Int32Array,
  one: Column,
  other: Column,
  to: Column,
): Column {
  for (let index = 0; index < merged.length; index++) {
    const row = merged[index] ?? 0;
    to[index] = (row >= 0 ? one[row] : other[-1 - row]) ?? 0;
  }
  return to;
}

/**
 * Appends the values of the second set after those of the first, so a value of both has two codes. Null if there
 * are more than `MAX_VALUES`.
 */
function mergeValues(
  merged: Int32Array,
  one: CodedValues | undefined,
  other: CodedValues | undefined,
): CodedValues | null {
  const before = one?.byCode ?? [[]];
  const byCode = [...before, ...(other?.byCode.slice(1) ?? [])];
  if (byCode.length - 1 > MAX_VALUES) return null;
  const offset = before.length - 1;
  const codes = pickRows(
    merged,
    one?.codes ?? new Uint16Array(0),
    other?.codes.map((code) => (code === 0 ? 0 : code + offset)) ?? new Uint16Array(0),
    new Uint16Array(merged.length),
  );
  return { codes, byCode };
}

/** Selects the columns of some people. `people` are their indexes, ascending. */
export function selectPeople(columns: Columns, people: Int32Array): Columns {
  const taken = ({ codes, byCode }: CodedValues) => ({
    codes: pick(codes, people, shorts),
    byCode,
  });
  return {
    ...columns,
    ordinals: pick(columns.ordinals, people, ints),
    zones: pick(columns.zones, people, shorts),
    profilingRefusers: pick(columns.profilingRefusers, people, bytes),
    fields: mapValues(columns.fields, taken),
    preferences: mapValues(columns.preferences, taken),
    activities: mapValues(columns.activities, (activities) => selectActivities(activities, people)),
    calls: selectActivities(columns.calls, people),
    consents: selectConsents(columns.consents, people),
  };
}

type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;
type Make<Column> = (length: number) => Column;

const floats = (length: number) => new Float64Array(length);
const ints = (length: number) => new Int32Array(length);
const shorts = (length: number) => new Uint16Array(length);
const bytes = (length: number) => new Uint8Array(length);

const mapValues = <From, To>(all: ReadonlyMap<string, From>, take: (one: From) => To) =>
  new Map([...all].map(([name, one]) => [name, take(one)]));

function pick<Column extends Numbers>(
  column: Column,
  people: Int32Array,
  make: Make<Column>,
): Column {
  const taken = make(people.length);
  for (const [index, person] of people.entries()) taken[index] = column[person] ?? 0;
  return taken;
}

/** Computes where each selected person's rows begin. */
function selectStarts(first: Uint32Array, people: Int32Array): Uint32Array {
  const taken = new Uint32Array(people.length + 1);
  for (const [index, person] of people.entries()) {
    taken[index + 1] = (taken[index] ?? 0) + (first[person + 1] ?? 0) - (first[person] ?? 0);
  }
  return taken;
}

/** Copies the rows of the selected people, person by person. */
function createRowPicker(first: Uint32Array, people: Int32Array) {
  const taken = selectStarts(first, people);
  const rows = <Column extends Numbers>(column: Column, make: Make<Column>): Column => {
    const copied = make(taken[people.length] ?? 0);
    for (const [index, person] of people.entries()) {
      copied.set(column.subarray(first[person], first[person + 1]), taken[index]);
    }
    return copied;
  };
  return { first: taken, rows };
}

function selectActivities(
  { first, at, amounts, properties }: ActivityColumns,
  people: Int32Array,
): ActivityColumns {
  const taken = createRowPicker(first, people);
  return {
    first: taken.first,
    at: taken.rows(at, floats),
    amounts: amounts && taken.rows(amounts, floats),
    properties: mapValues(properties, ({ codes, byCode }) => ({
      codes: taken.rows(codes, shorts),
      byCode,
    })),
  };
}

function selectConsents(consents: ConsentColumns, people: Int32Array): ConsentColumns {
  const { first, rows } = createRowPicker(consents.first, people);
  return {
    first,
    begins: rows(consents.begins, bytes),
    at: rows(consents.at, floats),
    until: rows(consents.until, floats),
    voidSince: rows(consents.voidSince, floats),
    terms: rows(consents.terms, shorts),
    termsByCode: consents.termsByCode,
  };
}

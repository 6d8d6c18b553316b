import type { ActivityProperties, Item } from "@ringfence/core/people/activity";
import {
  type ActivityColumns,
  MAX_VALUES,
  type CodedValues,
} from "@ringfence/core/audience/segment/columns";
import { type TestedValue, toTestedValue } from "@ringfence/core/audience/segment";

/**
 * Collects activities of one type, in any order. `settle` must be called last, and only once: it hands the collected
 * columns over, so a second call would return wrong rows.
 */
export type ActivityBuilder = ReturnType<typeof createActivityBuilder>;

/** Values of a row's properties, by name. */
type PropertyValues = readonly (readonly [name: string, values: readonly TestedValue[]])[];

export function createActivityBuilder(budget: Budget, expectedRows?: number) {
  const floats = () =>
    createGrowingColumn((length) => new Float64Array(length), budget, expectedRows);
  const people = createGrowingColumn((length) => new Int32Array(length), budget, expectedRows);
  const at = floats();
  let amounts: GrowingColumn<Float64Array> | null = null;
  const properties = new Map<string, ValueBuilder>();
  let rows = 0;
  const ensureProperty = (name: string) => {
    const values = properties.get(name) ?? createValueBuilder(budget, expectedRows);
    properties.set(name, values);
    return values;
  };
  return {
    properties,
    /** Codes the values of a row. Equal rows can reuse them. */
    toCodes: (row: PropertyValues): Codes =>
      row.map(([name, values]) => {
        const property = ensureProperty(name);
        return [property, property.toCode(JSON.stringify(values), () => values)];
      }),
    put(person: number, time: number, amount: number, codes: Codes) {
      people.put(rows, person);
      at.put(rows, time);
      if (amounts === null && !Number.isNaN(amount)) {
        amounts = floats();
        // Earlier rows had no amount.
        for (let row = 0; row < rows; row++) amounts.put(row, Number.NaN);
      }
      amounts?.put(rows, amount);
      for (const [property, code] of codes) property.put(rows, code);
      rows++;
    },
    /** Sorts the rows of `size` people by person and time. Leaves out properties with too many values. */
    settle(size: number): ActivityColumns {
      // Reads `at.column`, so this must come before `at.give()`.
      const { first, order } = sortRows(people.give(), at.column, rows, size);
      const kept = [...properties].filter(([, values]) => !values.hasTooManyValues());
      return {
        first,
        at: reorder(at.give(), order, (length) => new Float64Array(length)),
        amounts: amounts && reorder(amounts.give(), order, (length) => new Float64Array(length)),
        properties: new Map(kept.map(([name, values]) => [name, buildProperty(values, order)])),
      };
    },
  };
}

type Codes = readonly (readonly [property: ValueBuilder, code: number])[];

const buildProperty = ({ give, byCode }: ValueBuilder, order: Uint32Array): CodedValues => ({
  codes: reorder(give(), order, (length) => new Uint16Array(length)),
  byCode,
});

const itemFields = ["name", "sku", "category"] as const;

/** Reads the category, properties and item fields of a row. */
export function readPropertyValues(
  category: string | null,
  properties: ActivityProperties,
): PropertyValues {
  const all: (readonly [string, readonly TestedValue[]])[] = [];
  if (category !== null) all.push(["category", [toTestedValue(category)]]);
  for (const [name, value] of Object.entries(properties)) {
    // These names stand for the activity's own category and amount.
    if (name === "category" || name === "amount") continue;
    if (typeof value !== "object") all.push([name, [toTestedValue(value)]]);
    else if (name === "items") all.push(...readItemValues(value));
  }
  return all;
}

function readItemValues(items: readonly Item[]): PropertyValues {
  return itemFields.flatMap((field) => {
    const values = items.flatMap((item) => item[field] ?? []).map(toTestedValue);
    return values.length === 0 ? [] : [[`item.${field}`, values] as const];
  });
}

/** Collects coded values. */
export type ValueBuilder = {
  /** Codes a value by its text. 0 once there are too many distinct values. */
  toCode: (text: string, readValues: () => readonly TestedValue[]) => number;
  put: (row: number, code: number) => void;
  /** Hands over all codes, and can be called once. */
  give: () => Uint16Array;
  byCode: (readonly TestedValue[])[];
  hasTooManyValues: () => boolean;
};

const NOTHING = 0;

/** Creates a builder of one column of coded values, charged to a budget. */
export function createValueBuilder(budget: Budget, expectedRows?: number): ValueBuilder {
  const byCode: (readonly TestedValue[])[] = [[]];
  const codeByText = new Map<string, number>();
  const column = createGrowingColumn((length) => new Uint16Array(length), budget, expectedRows);
  let hasTooManyValues = false;
  return {
    byCode,
    give: () => column.give(),
    hasTooManyValues: () => hasTooManyValues,
    put: (row, code) => column.put(row, code),
    toCode(text, readValues) {
      if (hasTooManyValues) return NOTHING;
      const code = codeByText.get(text);
      if (code !== undefined) return code;
      if (byCode.length > MAX_VALUES) {
        hasTooManyValues = true;
        codeByText.clear();
        byCode.length = 1;
        return NOTHING;
      }
      budget.take(BYTES_OF_VALUE + 2 * text.length);
      byCode.push(readValues());
      codeByText.set(text, byCode.length - 1);
      return byCode.length - 1;
    },
  };
}

/** Approximate size of a value besides its text. */
const BYTES_OF_VALUE = 200;

/** Builds a column with one code for each person. */
export function buildValues({ give, byCode }: ValueBuilder, people: number): CodedValues {
  const all = new Uint16Array(people);
  all.set(give().subarray(0, people));
  return { codes: all, byCode };
}

/** A column that grows with the rows. */
type GrowingColumn<Column> = {
  column: Column;
  put: (row: number, value: number) => void;
  /** Hands over the column, so that it is not held twice while it is copied. */
  give: () => Column;
};

type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;

/**
 * Creates a column that doubles when full, or grows more for a row far ahead. Its size is charged to a
 * budget. Knowing the number of rows saves spare room and copies.
 */
export function createGrowingColumn<Column extends Numbers>(
  make: (length: number) => Column,
  budget: Budget,
  expectedRows = FIRST_ROWS,
): GrowingColumn<Column> {
  const column = make(expectedRows);
  budget.take(column.byteLength);
  const own: GrowingColumn<Column> = {
    column,
    put(row, value) {
      if (row >= own.column.length) {
        const more = make(Math.max(2 * own.column.length, row + 1));
        budget.take(more.byteLength - own.column.byteLength);
        more.set(own.column);
        own.column = more;
      }
      own.column[row] = value;
    },
    give() {
      const given = own.column;
      own.column = make(0);
      return given;
    },
  };
  return own;
}

const FIRST_ROWS = 1_024;

/** Computes the order of rows by person and time. */
function sortRows(people: Int32Array, at: Float64Array, rows: number, size: number) {
  const first = new Uint32Array(size + 1);
  for (let row = 0; row < rows; row++) {
    const next = (people[row] ?? 0) + 1;
    first[next] = (first[next] ?? 0) + 1;
  }
  for (let person = 0; person < size; person++) {
    first[person + 1] = (first[person + 1] ?? 0) + (first[person] ?? 0);
  }
  const free = first.slice(0, size);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const person = people[row] ?? 0;
    const to = free[person] ?? 0;
    free[person] = to + 1;
    order[to] = row;
  }
  sortByTime(order, first, at);
  return { first, order };
}

/** Sorts a person's rows by time. They usually arrive almost sorted. */
function sortByTime(order: Uint32Array, first: Uint32Array, at: Float64Array) {
  for (let person = 0; person + 1 < first.length; person++) {
    const [begin, end] = [first[person] ?? 0, first[person + 1] ?? 0];
    for (let row = begin + 1; row < end; row++) {
      if (readTime(order, at, row - 1) <= readTime(order, at, row)) continue;
      order.subarray(begin, end).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
      break;
    }
  }
}

const readTime = (order: Uint32Array, at: Float64Array, row: number) => at[order[row] ?? 0] ?? 0;

/** Reorders rows, without spare room. */
function reorder<Column extends Numbers>(
  column: Column,
  order: Uint32Array,
  make: (length: number) => Column,
): Column {
  const moved = make(order.length);
  for (let row = 0; row < order.length; row++) moved[row] = column[order[row] ?? 0] ?? 0;
  return moved;
}

const PAGE = 4_096;

/** Finds a person's index by ordinal, -1 if missing. Ordinals must be ascending. */
export function createOrdinalIndex(ordinals: Int32Array): (ordinal: number) => number {
  const pages = new Map<number, Int32Array>();
  for (const [person, ordinal] of ordinals.entries()) {
    const number = Math.floor(ordinal / PAGE);
    const page = pages.get(number) ?? new Int32Array(PAGE).fill(-1);
    page[ordinal % PAGE] = person;
    pages.set(number, page);
  }
  return (ordinal) => pages.get(Math.floor(ordinal / PAGE))?.[ordinal % PAGE] ?? -1;
}

/** Counts the memory that columns use. `take` throws `ColumnsTooLarge` beyond the limit. */
export type Budget = { taken: number; take: (bytes: number) => void };

/** An organization is too large for columns. */
export class ColumnsTooLarge extends Error {}

/**
 * Creates a budget of so many bytes, for all columns that are loaded together. Nothing is ever given back to it, so
 * each load needs a new one.
 */
export function createBudget(maxBytes: number): Budget {
  const budget: Budget = {
    taken: 0,
    take(bytes) {
      budget.taken += bytes;
      if (budget.taken > maxBytes) throw new ColumnsTooLarge(`more than ${maxBytes} bytes`);
    },
  };
  return budget;
}

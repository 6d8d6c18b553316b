import type { ActivityProperties, Item } from "@ringfence/core/people/activity";
import { type Deeds, MOST_VALUES, type Values } from "@ringfence/core/audience/segment/columns";
import { type TestedValue, testedValue } from "@ringfence/core/audience/segment";

/** What people did of one kind, as rows come, of which there may be known to be so many. */
export type GrowingDeeds = ReturnType<typeof growingDeeds>;

/** What the properties of a row say, by name. */
type Told = readonly (readonly [name: string, values: readonly TestedValue[]])[];

export function growingDeeds(budget: Budget, room?: number) {
  const floats = () => growing((length) => new Float64Array(length), budget, room);
  const places = growing((length) => new Int32Array(length), budget, room);
  const at = floats();
  let amounts: Growing<Float64Array> | null = null;
  const properties = new Map<string, GrowingValues>();
  let rows = 0;
  const propertyOf = (name: string) => {
    const values = properties.get(name) ?? growingValues(budget, room);
    properties.set(name, values);
    return values;
  };
  return {
    properties,
    /** Codes of what rows say alike, found once. */
    codesOf: (told: Told): Codes =>
      told.map(([name, values]) => {
        const property = propertyOf(name);
        return [property, property.codeOf(JSON.stringify(values), () => values)];
      }),
    put(place: number, time: number, amount: number, codes: Codes) {
      places.put(rows, place);
      at.put(rows, time);
      if (amounts === null && !Number.isNaN(amount)) {
        amounts = floats();
        // Of the rows before there was none.
        for (let row = 0; row < rows; row++) amounts.put(row, Number.NaN);
      }
      amounts?.put(rows, amount);
      for (const [property, code] of codes) property.put(rows, code);
      rows++;
    },
    /** Person by person. */
    settle(people: number): Deeds {
      const { first, order } = orderOf(places.give(), at.column, rows, people);
      const told = [...properties].filter(([, values]) => !values.isTooWide());
      return {
        first,
        at: inOrder(at.give(), order, (length) => new Float64Array(length)),
        amounts: amounts && inOrder(amounts.give(), order, (length) => new Float64Array(length)),
        properties: new Map(told.map(([name, values]) => [name, settled(values, order)])),
      };
    },
  };
}

type Codes = readonly (readonly [property: GrowingValues, code: number])[];

const settled = ({ give, known }: GrowingValues, order: Uint32Array): Values => ({
  codes: inOrder(give(), order, (length) => new Uint16Array(length)),
  known,
});

const itemFields = ["name", "sku", "category"] as const;

/** What a category and properties say, item by item. */
export function toldBy(category: string | null, properties: ActivityProperties): Told {
  const told: (readonly [string, readonly TestedValue[]])[] = [];
  if (category !== null) told.push(["category", [testedValue(category)]]);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "category" || name === "amount") continue;
    if (typeof value !== "object") told.push([name, [testedValue(value)]]);
    else if (name === "items") told.push(...toldByItems(value));
  }
  return told;
}

function toldByItems(items: readonly Item[]): Told {
  return itemFields.flatMap((field) => {
    const values = items.flatMap((item) => item[field] ?? []).map(testedValue);
    return values.length === 0 ? [] : [[`item.${field}`, values] as const];
  });
}

/** Values as rows come, each by its code. */
export type GrowingValues = {
  /** What it says is told by a text; null where it says more different things than are kept. */
  codeOf: (text: string, valuesOf: () => readonly TestedValue[]) => number;
  put: (row: number, code: number) => void;
  /** All codes, which are given away. */
  give: () => Uint16Array;
  known: (readonly TestedValue[])[];
  isTooWide: () => boolean;
};

const NOTHING = 0;

export function growingValues(budget: Budget, room?: number): GrowingValues {
  const known: (readonly TestedValue[])[] = [[]];
  const codeByText = new Map<string, number>();
  const column = growing((length) => new Uint16Array(length), budget, room);
  let isTooWide = false;
  return {
    known,
    give: () => column.give(),
    isTooWide: () => isTooWide,
    put: (row, code) => column.put(row, code),
    codeOf(text, valuesOf) {
      if (isTooWide) return NOTHING;
      const code = codeByText.get(text);
      if (code !== undefined) return code;
      if (known.length > MOST_VALUES) {
        isTooWide = true;
        codeByText.clear();
        known.length = 1;
        return NOTHING;
      }
      budget.take(BYTES_OF_VALUE + 2 * text.length);
      known.push(valuesOf());
      codeByText.set(text, known.length - 1);
      return known.length - 1;
    },
  };
}

/** Of what a value takes beside its text, about. */
const BYTES_OF_VALUE = 200;

/** Of columns that have a place for everybody: all codes, those that were never put among them. */
export function valuesOfAll({ give, known }: GrowingValues, people: number): Values {
  const all = new Uint16Array(people);
  all.set(give().subarray(0, people));
  return { codes: all, known };
}

/** A column that grows as rows come. */
type Growing<Column> = {
  column: Column;
  put: (row: number, value: number) => void;
  /** Gives the column away, so that whoever moves it holds it no longer than that takes. */
  give: () => Column;
};

type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;

/**
 * Begins with room for so many, and doubles, or more for a row far behind; what it takes is charged to a
 * budget. To know how many there will be saves the room that is left, and copies.
 */
export function growing<Column extends Numbers>(
  make: (length: number) => Column,
  budget: Budget,
  room = FIRST_ROOM,
): Growing<Column> {
  const column = make(room);
  budget.take(column.byteLength);
  const own: Growing<Column> = {
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

const FIRST_ROOM = 1_024;

/** In which order rows stand when they stand person by person, of each in the order of time. */
function orderOf(places: Int32Array, at: Float64Array, rows: number, people: number) {
  const first = new Uint32Array(people + 1);
  for (let row = 0; row < rows; row++) {
    const next = (places[row] ?? 0) + 1;
    first[next] = (first[next] ?? 0) + 1;
  }
  for (let place = 0; place < people; place++) {
    first[place + 1] = (first[place + 1] ?? 0) + (first[place] ?? 0);
  }
  const free = first.slice(0, people);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const place = places[row] ?? 0;
    const to = free[place] ?? 0;
    free[place] = to + 1;
    order[to] = row;
  }
  inTime(order, first, at);
  return { first, order };
}

/** Rows come in the order of time, nearly: few are moved, and not far. Where many would have to be, they are sorted. */
function inTime(order: Uint32Array, first: Uint32Array, at: Float64Array) {
  for (let place = 0; place + 1 < first.length; place++) {
    const [begin, end] = [first[place] ?? 0, first[place + 1] ?? 0];
    for (let row = begin + 1; row < end; row++) {
      if (timeOf(order, at, row - 1) <= timeOf(order, at, row)) continue;
      order.subarray(begin, end).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
      break;
    }
  }
}

const timeOf = (order: Uint32Array, at: Float64Array, row: number) => at[order[row] ?? 0] ?? 0;

/** The rows in another order, without the room that was left for more. */
function inOrder<Column extends Numbers>(
  column: Column,
  order: Uint32Array,
  make: (length: number) => Column,
): Column {
  const moved = make(order.length);
  for (let row = 0; row < order.length; row++) moved[row] = column[order[row] ?? 0] ?? 0;
  return moved;
}

const PAGE = 4_096;

/** Finds the place of a person by their ordinal, -1 for none; the ordinals are ascending. */
export function makePlaces(ordinals: Int32Array): (ordinal: number) => number {
  const pages = new Map<number, Int32Array>();
  for (const [place, ordinal] of ordinals.entries()) {
    const name = Math.floor(ordinal / PAGE);
    const page = pages.get(name) ?? new Int32Array(PAGE).fill(-1);
    page[ordinal % PAGE] = place;
    pages.set(name, page);
  }
  return (ordinal) => pages.get(Math.floor(ordinal / PAGE))?.[ordinal % PAGE] ?? -1;
}

/** How many bytes the columns of an organization may take, and do. */
export type Budget = { taken: number; take: (bytes: number) => void };

/** An organization has more than the columns of a process may take. */
export class TooLarge extends Error {}

export function makeBudget(most: number): Budget {
  const budget: Budget = {
    taken: 0,
    take(bytes) {
      budget.taken += bytes;
      if (budget.taken > most) throw new TooLarge(`more than ${most} bytes`);
    },
  };
  return budget;
}

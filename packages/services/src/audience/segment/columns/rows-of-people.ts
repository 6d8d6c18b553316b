import type { Budget } from "./budget.ts";

/** A column that grows as rows come. */
export type Growing<Column> = {
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
export function orderOf(places: Int32Array, at: Float64Array, rows: number, people: number) {
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
export function inOrder<Column extends Numbers>(
  column: Column,
  order: Uint32Array,
  make: (length: number) => Column,
): Column {
  const moved = make(order.length);
  for (let row = 0; row < order.length; row++) moved[row] = column[order[row] ?? 0] ?? 0;
  return moved;
}

import type { Dialect } from "./dialect.ts";

const QUOTE = 34;
const LF = 10;
const CR = 13;

export type RowOptions = Pick<Dialect, "delimiter" | "lineEnd"> & {
  /** Column to find, from 0. */
  column: number;
  /** True if `to` is the end of the file, where the last row may lack its line end. */
  isLast: boolean;
};

/**
 * Finds the rows in `bytes[from..to)`, and the field of `column` in each, until the bytes or the batch end.
 * Bytes after the last complete row are left for the next call, and so is a last row with an unclosed
 * quote. Returns the position up to which it read.
 *
 * A quote counts only at the beginning of a field, as in spreadsheets. Within quotes, delimiters and line
 * ends are text, and two quotes stand for one.
 */
export function readRows(
  bytes: Uint8Array,
  from: number,
  to: number,
  { delimiter, lineEnd, column, isLast }: RowOptions,
  batch: RowBatch,
): number {
  const capacity = batch.start.length;
  let at = from;
  batch.count = 0;
  while (at < to && batch.count < capacity) {
    const next = readRow(bytes, at, to, delimiter, lineEnd, column, isLast, batch);
    if (next === -1) break;
    at = next;
  }
  return at;
}

/** Reads one row. Returns where the next begins, or -1 if the bytes end within it. */
function readRow(
  bytes: Uint8Array,
  begin: number,
  to: number,
  delimiter: number,
  lineEnd: number,
  column: number,
  isLast: boolean,
  batch: RowBatch,
): number {
  let at = begin;
  let columns = 0;
  let fieldStart = -1;
  let fieldEnd = -1;
  for (;;) {
    const isQuoted = at < to && bytes[at] === QUOTE;
    const opened = at;
    if (isQuoted) {
      at = closingQuote(bytes, at + 1, to);
      if (at === -1) return -1;
    }
    while (at < to && bytes[at] !== delimiter && bytes[at] !== lineEnd) at++;
    if (at === to && !isLast) return -1;

    const endsRow = at === to || bytes[at] === lineEnd;
    const hasReturn = lineEnd === LF && endsRow && at > begin && bytes[at - 1] === CR && at < to;
    const end = hasReturn ? at - 1 : at;
    if (columns === column) {
      fieldStart = isQuoted ? opened + 1 : opened;
      fieldEnd = isQuoted && bytes[end - 1] === QUOTE && end - 1 > opened ? end - 1 : end;
    }
    columns++;
    at = at === to ? at : at + 1;
    if (endsRow) {
      const row = batch.count++;
      batch.start[row] = begin;
      batch.end[row] = end;
      batch.next[row] = at;
      batch.columns[row] = columns;
      batch.fieldStart[row] = fieldStart;
      batch.fieldEnd[row] = fieldEnd;
      return at;
    }
  }
}

/** Returns the position after the closing quote, or -1. */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(QUOTE, at);
    if (at === -1 || at >= to) return -1;
    if (bytes[at + 1] !== QUOTE || at + 1 >= to) return at + 1;
    at += 2;
  }
}

/**
 * Rows of one chunk of a file as positions in its bytes. Arrays of integers, because an object for each of
 * millions of rows would cost more than all the rest.
 */
export type RowBatch = {
  count: number;
  /** Offsets of the row, without its line end. */
  start: Int32Array;
  end: Int32Array;
  /** Offset of the next row. */
  next: Int32Array;
  columns: Int32Array;
  /** The field without its quotes, but with doubled quotes in it still doubled; -1 if the row is too short. */
  fieldStart: Int32Array;
  fieldEnd: Int32Array;
};

export const createRowBatch = (capacity: number): RowBatch => ({
  count: 0,
  start: new Int32Array(capacity),
  end: new Int32Array(capacity),
  next: new Int32Array(capacity),
  columns: new Int32Array(capacity),
  fieldStart: new Int32Array(capacity),
  fieldEnd: new Int32Array(capacity),
});

/** Consecutive rows in bytes of their own. */
export type Rows = {
  bytes: Uint8Array<ArrayBuffer>;
  /** Offset at which each row ends, without its line end. `next` is where the next row begins. */
  end: Int32Array<ArrayBuffer>;
  next: Int32Array<ArrayBuffer>;
  columns: Int32Array<ArrayBuffer>;
};

/** Copies some rows out of a batch, because the batch is reused. */
export function copyRows(bytes: Uint8Array, batch: RowBatch, from: number, to: number): Rows {
  const [first, last] = [batch.start[from] ?? 0, batch.next[to - 1] ?? 0];
  const moved = (places: Int32Array) => {
    const some = new Int32Array(places.subarray(from, to));
    for (let row = 0; row < some.length; row++) some[row] = (some[row] ?? 0) - first;
    return some;
  };
  return {
    bytes: new Uint8Array(bytes.subarray(first, last)),
    end: moved(batch.end),
    next: moved(batch.next),
    columns: new Int32Array(batch.columns.subarray(from, to)),
  };
}

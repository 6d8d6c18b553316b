import type { Dialect } from "./dialect.ts";
import type { RowBatch } from "./row-batch.ts";

const QUOTE = 34;
const LF = 10;
const CR = 13;

export type RowOptions = Pick<Dialect, "delimiter" | "lineEnd"> & {
  /** Of the field that is looked for, from 0. */
  column: number;
  /** Whether the end of the bytes is that of the file, and so of its last row. */
  isLast: boolean;
};

/**
 * Finds the rows in `bytes[from..to)`, and in each the field of `column`, until the bytes or the batch
 * end. What follows the last whole row is left for the next call; of a last row too, if it opens a quote
 * that nothing closes. Gives the place up to which it has read.
 *
 * A quote counts only where a field begins with it, as spreadsheets have it; within it, delimiters and
 * line ends are text, and two quotes are one.
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

/** One row from `begin`: gives where the next begins, or -1 when the bytes end within it. */
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

/** The place behind the quote that closes, or -1. */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(QUOTE, at);
    if (at === -1 || at >= to) return -1;
    if (bytes[at + 1] !== QUOTE || at + 1 >= to) return at + 1;
    at += 2;
  }
}

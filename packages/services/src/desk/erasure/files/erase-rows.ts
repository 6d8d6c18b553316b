// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { type Hash, createHash } from "node:crypto";
import type { Encoding } from "@ringfence/core/desk/import";
import {
  HEAD_BYTES,
  detectDialect,
  createRowBatch,
  readRows,
} from "@ringfence/core/people/number-file";
import type { CellReading, RowMatcher } from "./match-rows.ts";

/** Format of a file. Null means that its first bytes tell. */
export type TextReading = CellReading & {
  encoding: Encoding | null;
  delimiter: string | null;
  /** Leaves an empty line for each removed row, so that later rows keep their numbers. */
  keepsLines: boolean;
};

/**
 * Result for a file. The hashes are set once it was read to the end. `rows` counts removed rows by the
 * id of the erasure; a row about two erased people counts for both.
 */
export type ErasedRows = {
  rows: Map<string, number>;
  hashes: { before: Buffer; after: Buffer } | null;
};

/**
 * Passes a file on without the rows of erased people, and counts those in `outcome`. All other bytes stay as they are,
 * so that the remaining rows still match the hash tree that a scrub stated. Read it to the end: only then are the
 * counts whole and the hashes set.
 */
export async function* eraseRows(
  content: AsyncIterable<Uint8Array>,
  matches: RowMatcher,
  reading: TextReading,
  outcome: ErasedRows,
): AsyncGenerator<Uint8Array> {
  const [before, after] = [createHash("sha256"), createHash("sha256")];
  for await (const rows of splitRows(hashChunks(content, before), reading)) {
    const kept: Uint8Array[] = [];
    for (const { text, bytes, lineEnd } of rows) {
      const erasures = matches(text, reading);
      for (const id of erasures) outcome.rows.set(id, (outcome.rows.get(id) ?? 0) + 1);
      if (erasures.length === 0) kept.push(bytes);
      else if (reading.keepsLines) kept.push(lineEnd);
    }
    const passed = Buffer.concat(kept);
    after.update(passed);
    yield passed;
  }
  outcome.hashes = { before: before.digest(), after: after.digest() };
}

async function* hashChunks(content: AsyncIterable<Uint8Array>, hash: Hash) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

type Row = { text: readonly string[]; bytes: Uint8Array; lineEnd: Uint8Array };

const ROWS_AT_ONCE = 4_096;
/** If a row is longer, a quotation mark was left open, and each line counts as a row. */
const MAX_ROW_BYTES = 8 * 1_024 * 1_024;

/** Splits a file into rows, batch by batch. Together they contain all of its bytes. */
async function* splitRows(
  content: AsyncIterable<Uint8Array>,
  reading: TextReading,
): AsyncGenerator<Row[]> {
  const batch = createRowBatch(ROWS_AT_ONCE);
  let pending = Buffer.alloc(0);
  let format: Format | null = null;

  function* readPending(isLast: boolean): Generator<Row[]> {
    format ??= detectFormat(pending, isLast, reading);
    const known = format;
    const options = { ...known.dialect, column: 0, isLast };
    let from = 0;
    do {
      from = readRows(pending, from, pending.length, options, batch);
      const places = Array.from(
        { length: batch.count },
        (_, row) => [batch.start[row] ?? 0, batch.end[row] ?? 0, batch.next[row] ?? 0] as const,
      );
      yield places.map((place) => toRow(pending, place, known));
    } while (batch.count === ROWS_AT_ONCE);
    pending = pending.subarray(from);
    if (isLast || pending.length > MAX_ROW_BYTES) {
      yield [...splitLines(pending, known)];
      pending = Buffer.alloc(0);
    }
  }

  for await (const chunk of reading.encoding === "utf-16le" ? toUtf8(content) : content) {
    pending = Buffer.concat([pending, chunk]);
    if (pending.length >= HEAD_BYTES) yield* readPending(false);
  }
  yield* readPending(true);
}

const toRow = (
  bytes: Buffer,
  [start, end, next]: readonly [number, number, number],
  { dialect, decode, encode }: Format,
): Row => ({
  text: splitCells(decode(bytes.subarray(start, end)), dialect.delimiter),
  bytes: encode(bytes.subarray(start, next)),
  lineEnd: encode(bytes.subarray(end, next)),
});

function* splitLines(bytes: Buffer, format: Format): Generator<Row> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(format.dialect.lineEnd, start);
    const [end, next] = found === -1 ? [bytes.length, bytes.length] : [found, found + 1];
    yield toRow(bytes, [start, end, next], format);
    start = next;
  }
}

type Format = {
  dialect: { delimiter: number; lineEnd: number };
  decode: (bytes: Buffer) => string;
  encode: (bytes: Buffer) => Uint8Array;
};

function detectFormat(
  head: Buffer,
  isWhole: boolean,
  { encoding, delimiter }: TextReading,
): Format {
  const found = detectDialect(head.subarray(0, HEAD_BYTES), isWhole && head.length <= HEAD_BYTES);
  const decoder = new TextDecoder(encoding === "utf-16le" ? "utf-8" : (encoding ?? found.encoding));
  return {
    dialect: {
      delimiter: delimiter?.charCodeAt(0) ?? found.delimiter,
      lineEnd: found.lineEnd,
    },
    decode: (bytes) => decoder.decode(bytes),
    // Copied, because the buffer is reused.
    encode: (bytes) =>
      encoding === "utf-16le" ? Buffer.from(bytes.toString("utf8"), "utf16le") : Buffer.from(bytes),
  };
}

/**
 * Converts UTF-16 to UTF-8, because rows cannot be searched in two-byte characters. It is converted back on
 * output.
 */
async function* toUtf8(content: AsyncIterable<Uint8Array>) {
  // Keeps the byte order mark for the output; `decode` leaves it out of the cells.
  const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });
  for await (const chunk of content) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Splits a row into cells without their quotes. */
function splitCells(row: string, delimiter: number): string[] {
  const mark = String.fromCharCode(delimiter);
  if (!row.includes('"')) return row.split(mark);
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    if (row[at] !== '"') {
      const end = row.indexOf(mark, at);
      cells.push(row.slice(at, end === -1 ? row.length : end));
      at = end === -1 ? row.length + 1 : end + 1;
      continue;
    }
    let close = at + 1;
    while (close < row.length && (row[close] !== '"' || row[close + 1] === '"')) {
      close += row[close] === '"' ? 2 : 1;
    }
    const end = row.indexOf(mark, close);
    const rest = row.slice(close + 1, end === -1 ? row.length : end);
    cells.push(row.slice(at + 1, close).replaceAll('""', '"') + rest);
    at = end === -1 ? row.length + 1 : end + 1;
  }
  return cells;
}

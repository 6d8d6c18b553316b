import { digitsOf, readPhone, readPhoneBytes } from "@ringfence/core/phone";
import { type Dialect, makeRowBatch, readRows, type RowBatch } from "@ringfence/core/scrub";
import { ServiceError } from "../errors.ts";

/** How the file is written, and where in it the numbers stand. */
export type FilePlan = {
  dialect: Dialect;
  /** The column of the phone, from 0. */
  column: number;
  /** How many columns a whole row has. */
  columns: number;
  hasHeader: boolean;
  /** ISO 3166-1, of a number without its country. */
  region: string;
};

/** The next rows of a file, and the digits of each row's number: 0 where it is none. */
export type NumberedRows = { bytes: Buffer; batch: RowBatch; digits: Float64Array };

/** As much as is worked on at once: what fits the processor's own memory. */
const workBytes = 256 * 1_024;
/** No row is longer, unless a quote was opened and never closed. */
const maxRowBytes = 8 * 1_024 * 1_024;
const batchRows = 16_384;

/**
 * Reads a file row by row and the number in each. What it yields is written over by what comes next.
 * A mark of the byte order is kept before the first row. Throws where a row has no end: a quote was
 * opened and never closed, and took the rows behind it for text.
 */
export async function* numberedRows(
  content: AsyncIterable<Uint8Array>,
  plan: FilePlan,
): AsyncGenerator<NumberedRows> {
  const batch = makeRowBatch(batchRows);
  const digits = new Float64Array(batchRows);
  let bytes = Buffer.alloc(2 * workBytes);
  let filled = 0;
  let mark = plan.dialect.start;
  let rows = 0;

  function* rowsUpTo(isLast: boolean) {
    let from = mark;
    const options = { ...plan.dialect, column: plan.column, isLast };
    for (;;) {
      const to = readRows(bytes, from, filled, options, batch);
      if (batch.count === 0) break;
      rows += batch.count;
      if (mark > 0) batch.start[0] = 0;
      mark = 0;
      readNumbers(bytes, batch, plan, digits);
      yield { bytes, batch, digits };
      from = to;
    }
    const done = mark > 0 ? 0 : from; // without a whole row, the mark is still to come
    bytes.copyWithin(0, done, filled);
    filled -= done;
    if (filled > maxRowBytes) throw endless(rows + 1);
    if (isLast && filled > 0) throw unclosed(rows + 1);
  }

  for await (const chunk of content) {
    if (filled + chunk.length > bytes.length) {
      bytes = Buffer.concat([bytes.subarray(0, filled)], (filled + chunk.length) * 2);
    }
    bytes.set(chunk, filled);
    filled += chunk.length;
    if (filled >= workBytes) yield* rowsUpTo(false);
  }
  yield* rowsUpTo(true);
}

const endless = (row: number) =>
  new ServiceError("invalid", {
    key: "error.scrub-row-endless",
    values: { row, bytes: maxRowBytes },
  });
const unclosed = (row: number) =>
  new ServiceError("invalid", { key: "error.scrub-quote-open", values: { row } });

/**
 * A row of fewer or more columns lost or gained some, and perhaps not the last ones: its number may be
 * another's.
 */
function readNumbers(bytes: Buffer, batch: RowBatch, plan: FilePlan, digits: Float64Array) {
  const { dialect, region, columns } = plan;
  for (let row = 0; row < batch.count; row++) {
    const [start, end] = [batch.fieldStart[row] ?? -1, batch.fieldEnd[row] ?? -1];
    if (batch.columns[row] !== columns) digits[row] = 0;
    else if (dialect.encoding === "utf-8") digits[row] = readPhoneBytes(bytes, start, end, region);
    else digits[row] = readOldBytes(bytes, start, end, region);
  }
}

const windows1251 = new TextDecoder("windows-1251");

/** Digits are the same bytes in every encoding; only spaces and dashes may not be. */
function readOldBytes(bytes: Buffer, start: number, end: number, region: string): number {
  let isAscii = true;
  for (let at = start; at < end && isAscii; at++) isAscii = (bytes[at] ?? 0) < 0x80;
  if (isAscii) return readPhoneBytes(bytes, start, end, region);
  const reading = readPhone(windows1251.decode(bytes.subarray(start, end)), region);
  return "phone" in reading ? digitsOf(reading.phone) : 0;
}

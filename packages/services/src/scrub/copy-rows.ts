import type { PoolClient } from "pg";
import { to } from "pg-copy-streams";

/** One row of a binary COPY: where its fields stand. The arrays are used again for the next row. */
export type CopyRow = {
  bytes: Buffer;
  start: Int32Array;
  /** -1 for NULL. */
  length: Int32Array;
  /** Where the row ends. */
  end: number;
};

/** "PGCOPY\n\377\r\n\0", flags, and no header extension. */
const headerBytes = 19;

/**
 * Streams a query's rows in PostgreSQL's binary COPY format, and calls `onRow` for each: a hundred
 * times less work than an object a row, which matters when there are millions.
 */
export async function copyRows(
  client: PoolClient,
  query: string,
  columns: number,
  onRow: (row: CopyRow) => void,
): Promise<void> {
  const stream = client.query(to(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  const row: CopyRow = {
    bytes: Buffer.alloc(0),
    start: new Int32Array(columns),
    length: new Int32Array(columns),
    end: 0,
  };
  let left: Buffer = Buffer.alloc(0);
  let toSkip = headerBytes;
  for await (const chunk of stream) {
    const bytes: Buffer = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    if (bytes.length < toSkip) {
      left = bytes;
      continue;
    }
    let at = toSkip;
    toSkip = 0;
    row.bytes = bytes;
    while (findFields(row, at)) {
      onRow(row);
      at = row.end;
    }
    left = bytes.subarray(at);
  }
  // What ends the rows: a count of fields of -1.
  if (left.length !== 2 || left.readInt16BE() !== -1) throw new Error("COPY ended within a row");
}

/** Whether a whole row begins at `at`. */
function findFields(row: CopyRow, at: number): boolean {
  const { bytes, start, length } = row;
  if (at + 2 > bytes.length || bytes.readInt16BE(at) === -1) return false;
  let place = at + 2;
  for (let column = 0; column < start.length; column++) {
    if (place + 4 > bytes.length) return false;
    const size = bytes.readInt32BE(place);
    place += 4;
    start[column] = place;
    length[column] = size;
    if (size > 0) place += size;
    if (place > bytes.length) return false;
  }
  row.end = place;
  return true;
}

/** A `timestamptz`, which counts microseconds from 2000, as epoch milliseconds; NaN for NULL. */
export function instantIn({ bytes, start, length }: CopyRow, column: number): number {
  if (length[column] === -1) return Number.NaN;
  const at = start[column] ?? 0;
  const micros = bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4);
  return Math.floor(micros / 1_000) + 946_684_800_000;
}

/** A `bigint` or `int`. */
export function integerIn({ bytes, start, length }: CopyRow, column: number): number {
  const at = start[column] ?? 0;
  if (length[column] === 4) return bytes.readInt32BE(at);
  return bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4);
}

/** The digits of an E.164 number as an integer, without the making of a string. */
export function digitsIn({ bytes, start, length }: CopyRow, column: number): number {
  const at = start[column] ?? 0;
  const end = at + (length[column] ?? 0);
  let digits = 0;
  for (let place = at + 1; place < end; place++) digits = digits * 10 + (bytes[place] ?? 0) - 48;
  return digits;
}

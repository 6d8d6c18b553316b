import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";

/** A field of a row: a `uuid` or `bytea` by its bytes, a number as `int` or `bigint`. */
export type Field = Uint8Array | { int: number } | { bigint: number };

/** Rows go in pieces that a processor's cache holds. */
const PIECE_BYTES = 1 << 17;

/** Puts rows into a table, in PostgreSQL's binary COPY format. */
export async function copyIn(
  client: PoolClient,
  table: string,
  rows: Iterable<readonly Field[]>,
): Promise<void> {
  const copy = client.query(from(`COPY ${table} FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(piecesOf(rows)), copy);
}

export const uuidBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

function* piecesOf(rows: Iterable<readonly Field[]>): Generator<Buffer> {
  yield Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let [piece, at] = [Buffer.allocUnsafe(PIECE_BYTES), 0];
  for (const row of rows) {
    const size = sizeOf(row);
    if (at + size > piece.length) {
      yield piece.subarray(0, at);
      [piece, at] = [Buffer.allocUnsafe(Math.max(PIECE_BYTES, size)), 0];
    }
    at = writeRow(piece, at, row);
  }
  yield piece.subarray(0, at);
  yield Buffer.from([0xff, 0xff]);
}

const sizeOf = (row: readonly Field[]) => row.reduce((sum, field) => sum + 4 + widthOf(field), 2);

const widthOf = (field: Field) =>
  field instanceof Uint8Array ? field.length : "int" in field ? 4 : 8;

/** A count of fields, then each with its length. Returns where the row ends. */
function writeRow(piece: Buffer, from: number, row: readonly Field[]): number {
  let at = piece.writeInt16BE(row.length, from);
  for (const field of row) {
    at = piece.writeInt32BE(widthOf(field), at);
    if (field instanceof Uint8Array) {
      piece.set(field, at);
      at += field.length;
    } else if ("int" in field) at = piece.writeInt32BE(field.int, at);
    else {
      at = piece.writeInt32BE(Math.floor(field.bigint / 2 ** 32), at);
      at = piece.writeUInt32BE(field.bigint % 2 ** 32, at);
    }
  }
  return at;
}

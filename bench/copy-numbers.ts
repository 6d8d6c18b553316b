import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";

/** A count of fields, the length of the only one, and a bigint. */
const ROW_BYTES = 2 + 4 + 8;
const ROWS_PER_PIECE = 20_000;

/** Copies numbers into a table with one bigint column, which the same transaction has created. */
export async function copyNumbers(client: PoolClient, table: string, numbers: Iterable<number>) {
  const copy = client.query(from(`COPY ${table} FROM STDIN (FORMAT binary, FREEZE)`));
  await pipeline(Readable.from(toPieces(numbers)), copy);
}

function* toPieces(numbers: Iterable<number>): Generator<Buffer> {
  yield Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let [piece, at] = [Buffer.alloc(ROWS_PER_PIECE * ROW_BYTES), 0];
  for (const number of numbers) {
    at = piece.writeInt16BE(1, at);
    at = piece.writeInt32BE(8, at);
    at = piece.writeInt32BE(Math.floor(number / 2 ** 32), at);
    at = piece.writeUInt32BE(number % 2 ** 32, at);
    if (at < piece.length) continue;
    yield piece;
    [piece, at] = [Buffer.alloc(piece.length), 0];
  }
  yield piece.subarray(0, at);
  yield Buffer.from([0xff, 0xff]);
}

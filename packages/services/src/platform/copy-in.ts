import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";
import { setTimeout as wait } from "node:timers/promises";

/** Rows to insert: the fields that all rows share (`key`), then a block number and bytes for each. */
type CopyIn = {
  /** The table and its columns as SQL: those of `key`, then those of the block number and the bytes. */
  table: string;
  /** A `uuid` as its bytes, or an `int`. */
  key: readonly (Uint8Array | number)[];
  rows: Iterable<readonly [block: number, bytes: Uint8Array]>;
};

/** Size of the pieces in which rows are sent, small enough for a processor's cache. */
const PIECE_BYTES = 1 << 18;
const BLOCK_FIELD_BYTES = 4 + 8;
/** 100 MB per second, because commits of other transactions wait until what was written before is on disk. */
const BYTES_PER_MS = 100_000;

/**
 * Inserts rows into a table, in PostgreSQL's binary COPY format: a count of fields, then each field with its
 * length.
 */
export async function copyIn(client: PoolClient, { table, key, rows }: CopyIn): Promise<void> {
  const copy = client.query(from(`COPY ${table} FROM STDIN (FORMAT binary)`));
  const pieces = pacePieces(createPieces(encodeBeginning(key), rows), BYTES_PER_MS);
  await pipeline(Readable.from(pieces, { highWaterMark: 1 }), copy);
}

export const uuidBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

function encodeBeginning(key: CopyIn["key"]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(key.length + 2);
  const fields = key.flatMap((field) => {
    const bytes = typeof field === "number" ? encodeInt(field) : field;
    return [encodeInt(bytes.length), bytes];
  });
  return Buffer.concat([count, ...fields]);
}

function encodeInt(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function* createPieces(beginning: Buffer, rows: CopyIn["rows"]): Generator<Buffer> {
  yield Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let [piece, at] = [Buffer.allocUnsafe(PIECE_BYTES), 0];
  for (const [block, bytes] of rows) {
    const size = beginning.length + BLOCK_FIELD_BYTES + 4 + bytes.length;
    if (at + size > piece.length) {
      yield piece.subarray(0, at);
      [piece, at] = [Buffer.allocUnsafe(Math.max(PIECE_BYTES, size)), 0];
    }
    piece.set(beginning, at);
    at = piece.writeInt32BE(8, at + beginning.length);
    at = piece.writeInt32BE(Math.floor(block / 2 ** 32), at);
    at = piece.writeUInt32BE(block % 2 ** 32, at);
    at = piece.writeInt32BE(bytes.length, at);
    piece.set(bytes, at);
    at += bytes.length;
  }
  yield piece.subarray(0, at);
  yield Buffer.from([0xff, 0xff]);
}

/** Measures milliseconds from an arbitrary instant, and waits. */
type Clock = { now: () => number; wait: (ms: number) => Promise<unknown> };

/** Measures durations only; no decision depends on it. */
// oxlint-disable-next-line house/no-ambient-input
const realClock: Clock = { now: () => performance.now(), wait };

/** A piece that is sent up to this late does not delay the next ones. Timers are late by one or two milliseconds. */
const LATE_MS = 20;

/** Passes pieces on unchanged, at a limited number of bytes per millisecond. */
export async function* pacePieces(
  pieces: Iterable<Buffer>,
  bytesPerMs: number,
  { now, wait }: Clock = realClock,
): AsyncGenerator<Buffer> {
  let due = now();
  for (const piece of pieces) {
    const early = due - now();
    if (early > 0) await wait(early);
    yield piece;
    due = Math.max(due, now() - LATE_MS) + piece.length / bytesPerMs;
  }
}

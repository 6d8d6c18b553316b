import { setTimeout as wait } from "node:timers/promises";
import type { PoolClient } from "pg";

/** Rows to insert: the values that all rows share (`key`), then a block number and bytes for each. */
type InsertBlocks = {
  /** Name of the table. */
  table: "registry_block" | "registry_change";
  /** Values by column. */
  key: Readonly<Record<string, string | number>>;
  /** Column of the bytes. */
  column: "bits" | "lines";
  rows: Iterable<readonly [block: number, bytes: Uint8Array]>;
};

/** Rows that are inserted by one statement, with their bytes one after another. */
type Piece = { blocks: number[]; starts: number[]; lengths: number[]; bytes: Buffer };

/** Bytes of a piece. A larger one is no faster. */
const PIECE_BYTES = 1 << 20;
/** 100 MB per second, because commits of other transactions wait until what was written before is on disk. */
const BYTES_PER_MS = 100_000;

/**
 * Inserts rows, some hundred in a statement. Not by COPY FROM, which PostgreSQL refuses on a table with row-level
 * security. `connect` is asked for the connection before each statement.
 */
export async function insertBlocks(
  connect: () => Promise<PoolClient>,
  { table, key, column, rows }: InsertBlocks,
): Promise<void> {
  const [columns, values] = [Object.keys(key), Object.values(key)];
  const shared = columns.map((_, index) => `$${index + 5}`);
  const text = `
    INSERT INTO ${table} (${columns.join()}, block, ${column})
    SELECT ${shared.join()}, block, substring($1::bytea FROM start + 1 FOR length)
    FROM unnest($2::bigint[], $3::int[], $4::int[]) AS piece (block, start, length)`;
  let sent: Promise<unknown> = Promise.resolve();
  for await (const piece of pacePieces(createPieces(rows), BYTES_PER_MS)) {
    await sent;
    const { blocks, starts, lengths, bytes } = piece;
    const client = await connect();
    sent = client.query({ name: table, text, values: [bytes, blocks, starts, lengths, ...values] });
    // The next piece is made meanwhile. The error is thrown by the next wait.
    sent.catch(() => {});
  }
  await sent;
}

function* createPieces(rows: InsertBlocks["rows"]): Generator<Piece> {
  let [piece, at] = [createPiece(), 0];
  const end = (): Piece => ({ ...piece, bytes: piece.bytes.subarray(0, at) });
  for (const [block, bytes] of rows) {
    if (at + bytes.length > piece.bytes.length) {
      yield end();
      [piece, at] = [createPiece(bytes.length), 0];
    }
    piece.blocks.push(block);
    piece.starts.push(at);
    piece.lengths.push(bytes.length);
    piece.bytes.set(bytes, at);
    at += bytes.length;
  }
  if (piece.blocks.length > 0) yield end();
}

const createPiece = (minBytes = 0): Piece => ({
  blocks: [],
  starts: [],
  lengths: [],
  bytes: Buffer.allocUnsafe(Math.max(PIECE_BYTES, minBytes)),
});

/** Measures milliseconds from an arbitrary instant, and waits. */
type Clock = { now: () => number; wait: (ms: number) => Promise<unknown> };

/** Measures durations only; no decision depends on it. */
// oxlint-disable-next-line house/no-ambient-input
const realClock: Clock = { now: () => performance.now(), wait };

/** A piece that is sent up to this late does not delay the next ones. Timers are late by one or two milliseconds. */
const LATE_MS = 20;

/** Passes pieces on unchanged, at a limited number of bytes per millisecond. */
export async function* pacePieces<Piece extends { bytes: Uint8Array }>(
  pieces: Iterable<Piece>,
  bytesPerMs: number,
  { now, wait }: Clock = realClock,
): AsyncGenerator<Piece> {
  let due = now();
  for (const piece of pieces) {
    const early = due - now();
    if (early > 0) await wait(early);
    yield piece;
    due = Math.max(due, now() - LATE_MS) + piece.bytes.length / bytesPerMs;
  }
}

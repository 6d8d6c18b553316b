import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { areasIn, blocksIn, BLOCK_BYTES, type NumberSet } from "@ringfence/core/registry";
import { from } from "pg-copy-streams";
import type { RootContext } from "../context.ts";

/**
 * Has the blocks of a full list lie ready in the database, under an id that nobody else knows, while
 * `work` runs: a transaction takes them from there several times as fast as over the wire.
 */
export async function withStaged<T>(
  ctx: RootContext,
  numbers: NumberSet,
  work: (stagingId: string) => Promise<T>,
): Promise<T> {
  const { db, organizationId } = ctx;
  const id = await begin(ctx);
  try {
    await copyIn(ctx, id, numbers);
    return await work(id);
  } finally {
    await db.pool.query("DELETE FROM registry_staging WHERE organization_id = $1 AND id = $2", [
      organizationId,
      id,
    ]);
  }
}

/** An id, in order of time; what was begun a day ago was left by workers that were killed. */
async function begin({ db, organizationId }: RootContext): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    `WITH leftover AS (
       DELETE FROM registry_staging WHERE organization_id = $1 AND id < rpad(lpad(to_hex(
         (extract(epoch FROM clock_timestamp() - interval '1 day') * 1000)::bigint
       ), 12, '0'), 32, '0')::uuid
     )
     SELECT uuid7() AS id`,
    [organizationId],
  );
  return rows[0]?.id ?? "";
}

async function copyIn({ db, organizationId }: RootContext, id: string, numbers: NumberSet) {
  const client = await db.pool.connect();
  try {
    const copy = from(
      "COPY registry_staging (organization_id, id, block, bits) FROM STDIN (FORMAT binary)",
    );
    const rows = rowsOf(numbers, bytesOf(organizationId), bytesOf(id));
    await pipeline(Readable.from(rows), client.query(copy));
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const ROWS_PER_PIECE = 500;
const ROW_BYTES = 2 + 2 * (4 + 16) + (4 + 8) + (4 + BLOCK_BYTES);

/** Blocks in PostgreSQL's binary COPY format: a count of fields, then each with its length. */
function* rowsOf(numbers: NumberSet, ...key: readonly Buffer[]) {
  yield Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let rows = Buffer.allocUnsafe(ROWS_PER_PIECE * ROW_BYTES);
  let at = 0;
  for (const area of areasIn(numbers)) {
    for (const [block, bits] of blocksIn(numbers, area)) {
      if (at === rows.length) {
        yield rows;
        rows = Buffer.allocUnsafe(rows.length);
        at = 0;
      }
      at = rows.writeInt16BE(2 + key.length, at);
      for (const id of key) {
        at = rows.writeInt32BE(id.length, at);
        at += id.copy(rows, at);
      }
      at = rows.writeInt32BE(8, at);
      at = rows.writeBigInt64BE(BigInt(block), at);
      at = rows.writeInt32BE(bits.length, at);
      rows.set(bits, at);
      at += bits.length;
    }
  }
  yield rows.subarray(0, at);
  yield Buffer.from([0xff, 0xff]);
}

const bytesOf = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

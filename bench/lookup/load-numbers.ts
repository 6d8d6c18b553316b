import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";
import { createRandom } from "../generators/random.ts";
import { usPhones } from "../generators/us-phones.ts";
import { LISTED_SEED } from "../load-registry.ts";
import { SYNC_NAME } from "../sync/registry-to-sync.ts";

/**
 * Loads what the organization's registry lists, with a row and a key for each number, and probes in
 * random order: three in ten are listed, the others share an exchange with one that is. They are
 * loaded once and found again.
 */
export async function loadNumbers(
  { pool }: Db,
  organizationId: OrganizationId,
  { listed, probes }: { listed: number; probes: number },
  say: (text: string) => void,
) {
  const client = await pool.connect();
  try {
    await forgetSyncs(client);
    const whose = "SELECT obj_description(to_regclass('listed_number')) AS id";
    const existing = await client.query<{ id: string | null }>(whose);
    if (existing.rows[0]?.id === organizationId) return;

    say(`loading ${listed} numbers with a key for each`);
    const probed: number[] = [];
    await fill(
      client,
      "listed_number",
      collectShare(usPhones(listed, LISTED_SEED), probes / listed, probed),
    );
    await client.query("SET maintenance_work_mem = '1GB'");
    await client.query("ALTER TABLE listed_number ADD PRIMARY KEY (number)");
    await fill(client, "probe", shuffle(probed));
    // Joined by block. Without these statistics the planner expects two hundred blocks, and hashes
    // all bitmaps.
    await client.query("CREATE STATISTICS ON (number / 10000) FROM probe");
    await client.query("VACUUM ANALYZE listed_number, probe");
    await client.query(`COMMENT ON TABLE listed_number IS '${organizationId}'`);
  } finally {
    client.release(true);
  }
}

/** Deletes the lists of earlier runs, on disk too. */
async function forgetSyncs(client: PoolClient) {
  await client.query(`DELETE FROM registry_block
    WHERE organization_id IN (SELECT id FROM organization WHERE name = '${SYNC_NAME}')`);
  await client.query("VACUUM FULL ANALYZE registry_block");
}

async function fill(client: PoolClient, table: string, numbers: Iterable<number>) {
  await client.query(`BEGIN; DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (number bigint)`);
  await copyNumbers(client, table, numbers);
  await client.query("COMMIT");
}

/** Passes numbers on, and adds a share of them, or of their neighbors, to `probed`. */
function* collectShare(numbers: Iterable<number>, share: number, probed: number[]) {
  const random = createRandom(3);
  for (const digits of numbers) {
    yield digits;
    if (random() >= share) continue;
    const isListed = random() < 0.3;
    probed.push(isListed ? digits : digits - (digits % 10_000) + Math.floor(random() * 10_000));
  }
}

function shuffle(numbers: number[]): number[] {
  const random = createRandom(5);
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other] ?? 0, numbers[last] ?? 0];
  }
  return numbers;
}

/** A count of fields, the length of the only one, and a bigint. */
const ROW_BYTES = 2 + 4 + 8;
const ROWS_PER_PIECE = 20_000;

/** Copies numbers into a table with one bigint column, which the same transaction has created. */
async function copyNumbers(client: PoolClient, table: string, numbers: Iterable<number>) {
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

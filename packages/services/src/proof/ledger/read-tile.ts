import { bundleOf, TILE_WIDTH, type TileAsked } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

const HASH_BYTES = 32;

/** The bytes of a tile, or of so many entries in a row; null when the log has not all of them. */
export const readTile = (db: Pick<Db, "prisma">, asked: TileAsked): Promise<Uint8Array | null> =>
  asked.level === "entries" ? readEntries(db, asked) : readHashes(db, asked);

async function readHashes({ prisma }: Pick<Db, "prisma">, { level, index, width }: TileAsked) {
  const bytes = width * HASH_BYTES;
  const [found] = await prisma.$queryRaw<{ hashes: Uint8Array }[]>`
    SELECT substring(hashes FOR ${bytes}::int) AS hashes FROM ledger.tile
    WHERE log_id = ${LOG_ID} AND level = ${level}::smallint AND idx = ${BigInt(index)}
      AND octet_length(hashes) >= ${bytes}::int`;
  return found?.hashes ?? null;
}

async function readEntries({ prisma }: Pick<Db, "prisma">, { index, width }: TileAsked) {
  const first = BigInt(index) * BigInt(TILE_WIDTH);
  const rows = await prisma.$queryRaw<{ leaf: Uint8Array }[]>`
    SELECT leaf FROM ledger.leaf JOIN ledger.entry USING (entry_id)
    WHERE leaf.log_id = ${LOG_ID}
      AND leaf_index >= ${first} AND leaf_index < ${first + BigInt(width)}
    ORDER BY leaf_index`;
  return rows.length === width ? bundleOf(rows.map(({ leaf }) => leaf)) : null;
}

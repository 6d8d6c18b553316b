import { sql } from "kysely";
import { z } from "zod";
import { selectRows, toTable } from "../../platform/internal.ts";
import {
  type LeafRange,
  type ReadTile,
  TILE_WIDTH,
  type TileRequest,
  type TilePosition,
  encodeEntryBundle,
  splitIntoNodes,
  findTile,
} from "@ringfence/core/proof/ledger";
import type { Db, Transaction } from "@ringfence/db";

// Reads the tiles of the log's Merkle tree from the database (C2SP tlog-tiles; `tiles.ts` of core).

export const HASH_BYTES = 32;

/** Reads a tile or an entry bundle as bytes. Null while the log is shorter than the requested width. */
export const readTileBytes = (
  db: Pick<Db, "prisma">,
  request: TileRequest,
): Promise<Uint8Array | null> =>
  request.level === "entries" ? readEntries(db, request) : readHashes(db, request);

async function readHashes({ prisma }: Pick<Db, "prisma">, { level, index, width }: TileRequest) {
  const byteCount = width * HASH_BYTES;
  const [found] = await selectRows(
    { db: prisma },
    z.object({ hashes: z.instanceof(Uint8Array) }),
    sql`
    SELECT substring(hashes FOR ${byteCount}::int) AS hashes FROM ledger.tile
    WHERE log_id = ${LOG_ID} AND level = ${level}::smallint AND idx = ${BigInt(index)}
      AND octet_length(hashes) >= ${byteCount}::int`,
  );
  return found?.hashes ?? null;
}

async function readEntries({ prisma }: Pick<Db, "prisma">, { index, width }: TileRequest) {
  const first = BigInt(index) * BigInt(TILE_WIDTH);
  const rows = await selectRows(
    { db: prisma },
    z.object({ leaf: z.instanceof(Uint8Array) }),
    sql`
    SELECT leaf FROM ledger.leaf JOIN ledger.entry USING (entry_id)
    WHERE leaf.log_id = ${LOG_ID}
      AND leaf_index >= ${first} AND leaf_index < ${first + BigInt(width)}
    ORDER BY leaf_index`,
  );
  return rows.length === width ? encodeEntryBundle(rows.map(({ leaf }) => leaf)) : null;
}

/** The one log of an installation. */
export const LOG_ID = 1;

const TileRow = z.object({
  level: z.number(),
  index: z.number(),
  hashes: z.instanceof(Uint8Array),
});
type TileRow = z.infer<typeof TileRow>;

/** Loads the tiles at these positions, in any order. Those that do not exist are left out. */
export const loadTiles = async (
  db: Pick<Transaction, "$kysely">,
  positions: readonly TilePosition[],
): Promise<TileRow[]> => {
  const wanted = positions.map(({ level, index }) => ({ level, idx: BigInt(index) }));
  return selectRows(
    { db },
    TileRow,
    sql`
    SELECT level::int, idx::float8 AS index, hashes
    FROM ledger.tile
    JOIN ${toTable(wanted, { level: "smallint", idx: "bigint" })} AS wanted USING (level, idx)
    WHERE log_id = ${LOG_ID}`,
  );
};

/**
 * Loads the tiles needed to compute the root hash of each range of leaves, and returns a function that finds a
 * tile by its position. It throws a RangeError for a tile that was not loaded.
 */
export async function loadTileReader(
  db: Pick<Transaction, "$kysely">,
  ranges: readonly LeafRange[],
): Promise<ReadTile> {
  const positions = new Map<string, TilePosition>();
  for (const node of ranges.flatMap(splitIntoNodes)) {
    const position = findTile(node);
    positions.set(tileKey(position), position);
  }
  return createTileReader(await loadTiles(db, [...positions.values()]));
}

/** Creates a function that finds one of these tiles by its position. It throws a RangeError for any other. */
export function createTileReader(tiles: readonly TileRow[]): ReadTile {
  const hashesByTile = new Map(tiles.map((tile) => [tileKey(tile), tile.hashes]));
  return (position) => {
    const hashes = hashesByTile.get(tileKey(position));
    if (hashes === undefined) throw new RangeError(`The tile ${tileKey(position)} is missing`);
    return hashes;
  };
}

/** Names a tile by its position, as `0/12`. */
export const tileKey = ({ level, index }: TilePosition) => `${level}/${index}`;

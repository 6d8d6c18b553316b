import { isSameHash, type Tile, TILE_WIDTH, type TreeHead } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { loadTiles, LOG_ID, readerOf } from "./read-tiles.ts";

const HASH_BYTES = 32;

/** Tiles that are not in the database as the entries make them. They may be longer there. */
export async function compareTiles(db: Transaction, tiles: readonly Tile[]): Promise<Message[]> {
  const stored = await loadTiles(db, tiles);
  const known = new Set(stored.map(({ level, index }) => `${level}/${index}`));
  const readTile = readerOf(stored);
  return tiles.flatMap(({ hashes, ...place }): Message[] => {
    const tile = `${place.level}/${place.index}`;
    const isThere = known.has(tile) && isSameHash(readTile(place).slice(0, hashes.length), hashes);
    return isThere ? [] : [{ key: "ledger.audit-tile", values: { tile } }];
  });
}

/** Whether the log has the head, and as many hashes in its tiles, as the entries make. */
export async function compareHead(db: Transaction, head: TreeHead): Promise<Message[]> {
  const [log] = await db.$queryRaw<{ size: number; root: Uint8Array; hashes: number }[]>`
    SELECT size::float8, root, coalesce((
      SELECT sum(octet_length(hashes)) FROM ledger.tile WHERE log_id = ${LOG_ID}
    ), 0)::float8 / ${HASH_BYTES} AS hashes
    FROM ledger.log WHERE log_id = ${LOG_ID}`;
  if (log === undefined) return [{ key: "ledger.audit-no-log" }];

  const isHead = log.size === head.size && isSameHash(log.root, head.root);
  const values = { size: log.size, made: head.size };
  return [
    ...(isHead ? [] : [{ key: "ledger.audit-head", values } as const]),
    ...(log.hashes === hashesOf(head.size) ? [] : [{ key: "ledger.audit-tiles" } as const]),
  ];
}

/** How many hashes the tiles of a log of this size hold, of all levels together. */
const hashesOf = (size: number): number =>
  size === 0 ? 0 : size + hashesOf(Math.floor(size / TILE_WIDTH));

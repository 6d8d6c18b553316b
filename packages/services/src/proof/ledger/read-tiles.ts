import {
  type LeafRange,
  nodesOf,
  type ReadTile,
  tileOf,
  type TilePlace,
} from "@ringfence/core/proof/ledger";
import type { Transaction } from "@ringfence/db";

/** The one log of an installation. */
export const LOG_ID = 1;

type Row = { level: number; index: number; hashes: Uint8Array };

/** The tiles at these places that there are. */
export const loadTiles = async (
  db: Pick<Transaction, "$queryRaw">,
  places: readonly TilePlace[],
): Promise<Row[]> => db.$queryRaw<Row[]>`
    SELECT level::int, idx::float8 AS index, hashes
    FROM ledger.tile JOIN unnest(
        ${places.map(({ level }) => level)}::smallint[], ${places.map(({ index }) => BigInt(index))}::bigint[])
      AS wanted (level, idx) USING (level, idx)
    WHERE log_id = ${LOG_ID}`;

/** Reads of memory what the roots of these parts of the tree are made of. */
export async function readTilesFor(
  db: Pick<Transaction, "$queryRaw">,
  ranges: readonly LeafRange[],
): Promise<ReadTile> {
  const places = new Map<string, TilePlace>();
  for (const node of ranges.flatMap(nodesOf)) {
    const place = tileOf(node);
    places.set(keyOf(place), place);
  }
  return readerOf(await loadTiles(db, [...places.values()]));
}

export function readerOf(tiles: readonly Row[]): ReadTile {
  const known = new Map(tiles.map((tile) => [keyOf(tile), tile.hashes]));
  return (place) => {
    const hashes = known.get(keyOf(place));
    if (hashes === undefined) throw new RangeError(`The tile ${keyOf(place)} is missing`);
    return hashes;
  };
}

const keyOf = ({ level, index }: TilePlace) => `${level}/${index}`;

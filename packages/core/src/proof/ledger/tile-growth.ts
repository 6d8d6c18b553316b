import { concatBytes } from "@noble/hashes/utils.js";
import { emptyRoot, type Hash, type TreeHead } from "./merkle.ts";
import { type ReadTile, rootOfRange, rootOfTile, TILE_WIDTH, type TilePlace } from "./tile.ts";

const HASH_BYTES = 32;
const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

export type Tile = TilePlace & { hashes: Uint8Array };

/** The tiles at the right edge of a log: one a level that holds any, full only where all are. */
export function edgeOf(size: number): TilePlace[] {
  const places: TilePlace[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / TILE_WIDTH)) {
    places.push({ level, index: Math.floor((width - 1) / TILE_WIDTH) });
  }
  return places;
}

/** How many hashes of a tile stand in a log of this size; 0 where there is no such tile. */
export function widthOf({ level, index }: TilePlace, size: number): number {
  const inLevel = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, inLevel - index * TILE_WIDTH));
}

/** The head of a log of this size, out of its tiles. */
export const headOfTiles = (size: number, readTile: ReadTile): TreeHead => ({
  size,
  root: size === 0 ? emptyRoot : rootOfRange([0, size], readTile),
});

/** A log with more leaves: its new head, and each tile that is new or longer, whole. */
export type Growth = { head: TreeHead; tiles: Tile[] };

/** Appends leaves to a log of `size`, of which the tiles at the edge are known. */
export function growTiles(size: number, edge: readonly Tile[], leaves: Uint8Array): Growth {
  const known = new Map<string, Uint8Array>();
  const grown = new Map<string, Tile>();
  for (const { hashes, ...place } of edge) known.set(keyOf(place), hashes);

  let level = 0;
  let before = size;
  let added = leaves;
  while (added.length > 0) {
    const fresh = appendLevel(level, before, added, known);
    for (const tile of fresh) {
      grown.set(keyOf(tile), tile);
      known.set(keyOf(tile), tile.hashes);
    }
    added = concatBytes(...fresh.filter(isFull).map(({ hashes }) => rootOfTile(hashes)));
    before = Math.floor(before / TILE_WIDTH);
    level++;
  }
  const readTile = (place: TilePlace) => known.get(keyOf(place)) ?? missing(place);
  return {
    head: headOfTiles(size + leaves.length / HASH_BYTES, readTile),
    tiles: [...grown.values()],
  };
}

/** The tiles of one level that grow by these hashes, of which `before` were there. */
function appendLevel(
  level: number,
  before: number,
  added: Uint8Array,
  known: ReadonlyMap<string, Uint8Array>,
): Tile[] {
  const tiles: Tile[] = [];
  let index = Math.floor(before / TILE_WIDTH);
  let held = before % TILE_WIDTH;
  for (let from = 0; from < added.length; held = 0, index++) {
    const place = { level, index };
    const old = held === 0 ? new Uint8Array() : (known.get(keyOf(place)) ?? missing(place));
    if (old.length !== held * HASH_BYTES) throw new RangeError("A tile at the edge is not whole");
    const to = Math.min(added.length, from + TILE_BYTES - old.length);
    tiles.push({ ...place, hashes: concatBytes(old, added.subarray(from, to)) });
    from = to;
  }
  return tiles;
}

const isFull = ({ hashes }: Tile) => hashes.length === TILE_BYTES;

const keyOf = ({ level, index }: TilePlace) => `${level}/${index}`;

function missing({ level, index }: TilePlace): Hash {
  throw new RangeError(`The tile ${level}/${index} is missing`);
}

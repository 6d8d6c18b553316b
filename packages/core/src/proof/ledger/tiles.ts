import { type Hash, type LeafRange, type TreeHead, emptyRoot, hashNode } from "./merkle.ts";
import { concatBytes } from "@noble/hashes/utils.js";

/**
 * Number of hashes in a full tile. The ledger stores its Merkle tree as tiles, which hold every eighth level (C2SP
 * tlog-tiles).
 */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const HASH_BYTES = 32;

/** Position of a tile: level 0 holds leaf hashes, each higher level the roots of full tiles below. */
export type TilePosition = { level: number; index: number };

/** The root of 2^`level` leaves; `index` counts the nodes of this level from the left. */
export type TreeNode = { level: number; index: number };

/** Splits a range of leaves into the largest complete subtrees, from left to right. */
export function splitIntoNodes([begin, end]: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = begin; at < end;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Finds the tile that contains a node, or the hashes below it. */
export function findTile({ level, index }: TreeNode): TilePosition {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const first = index * 2 ** (level % TILE_HEIGHT);
  return { level: tileLevel, index: Math.floor(first / TILE_WIDTH) };
}

/** Reads the concatenated hashes of a tile. Throws if the tile is missing. */
export type ReadTile = (position: TilePosition) => Uint8Array;

/** Computes the root of a part of a tree from its tiles. Throws a RangeError if a tile is too short. */
export function computeRangeRoot(range: LeafRange, readTile: ReadTile): Hash {
  const hashes = splitIntoNodes(range).map((node) => readNodeHash(node, readTile));
  const last = hashes.pop();
  if (last === undefined) throw new RangeError("No leaf has no root of its own");
  // Subtrees get smaller to the right, so they are joined from there.
  return hashes.reduceRight((right, left) => hashNode(left, right), last);
}

function readNodeHash(node: TreeNode, readTile: ReadTile): Hash {
  const tile = readTile(findTile(node));
  const width = 2 ** (node.level % TILE_HEIGHT);
  const first = (node.index * width) % TILE_WIDTH;
  if (tile.length < (first + width) * HASH_BYTES) throw new RangeError("A tile is too short");
  return computePartRoot(tile, first, width);
}

/** Computes the root of some hashes of a tile. Their number must be a power of two. */
function computePartRoot(tile: Uint8Array, first: number, width: number): Hash {
  if (width === 1) return tile.slice(first * HASH_BYTES, (first + 1) * HASH_BYTES);
  return hashNode(
    computePartRoot(tile, first, width / 2),
    computePartRoot(tile, first + width / 2, width / 2),
  );
}

/** Computes the root of a full tile, which is a hash of the level above. */
export const computeTileRoot = (hashes: Uint8Array): Hash => computePartRoot(hashes, 0, TILE_WIDTH);

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

export type Tile = TilePosition & { hashes: Uint8Array };

/** Lists the tiles at the right edge of a log: the last tile of each level, which may be full. */
export function listEdgeTiles(size: number): TilePosition[] {
  const positions: TilePosition[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / TILE_WIDTH)) {
    positions.push({ level, index: Math.floor((width - 1) / TILE_WIDTH) });
  }
  return positions;
}

/** Counts the hashes of a tile in a log of this size; 0 if there is no such tile. */
export function countTileHashes({ level, index }: TilePosition, size: number): number {
  const inLevel = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, inLevel - index * TILE_WIDTH));
}

/** Computes the head of a log of this size from its tiles. */
export const computeHeadFromTiles = (size: number, readTile: ReadTile): TreeHead => ({
  size,
  root: size === 0 ? emptyRoot : computeRangeRoot([0, size], readTile),
});

/** The result of appending leaves: the new head, and the full content of every new or longer tile. */
export type Growth = { head: TreeHead; tiles: Tile[] };

/**
 * Appends leaves, given as their concatenated hashes, to a log of `size` leaves. `edge` holds its edge tiles
 * (`listEdgeTiles`), and is not changed. Throws a RangeError if one of them is missing, or has another number of
 * hashes.
 */
export function appendLeaves(size: number, edge: readonly Tile[], leaves: Uint8Array): Growth {
  const tileHashes = new Map<string, Uint8Array>();
  const grown = new Map<string, Tile>();
  for (const { hashes, ...position } of edge) tileHashes.set(tileKey(position), hashes);

  let level = 0;
  let before = size;
  let added = leaves;
  while (added.length > 0) {
    const changed = appendToLevel(level, before, added, tileHashes);
    for (const tile of changed) {
      grown.set(tileKey(tile), tile);
      tileHashes.set(tileKey(tile), tile.hashes);
    }
    added = concatBytes(...changed.filter(isFull).map(({ hashes }) => computeTileRoot(hashes)));
    before = Math.floor(before / TILE_WIDTH);
    level++;
  }
  const readTile = (position: TilePosition) =>
    tileHashes.get(tileKey(position)) ?? throwMissingTile(position);
  return {
    head: computeHeadFromTiles(size + leaves.length / HASH_BYTES, readTile),
    tiles: [...grown.values()],
  };
}

/** Appends hashes to one level that has `before` hashes, and returns the tiles that change. */
function appendToLevel(
  level: number,
  before: number,
  added: Uint8Array,
  tileHashes: ReadonlyMap<string, Uint8Array>,
): Tile[] {
  const tiles: Tile[] = [];
  let index = Math.floor(before / TILE_WIDTH);
  let held = before % TILE_WIDTH;
  for (let from = 0; from < added.length; held = 0, index++) {
    const position = { level, index };
    const old =
      held === 0
        ? new Uint8Array()
        : (tileHashes.get(tileKey(position)) ?? throwMissingTile(position));
    if (old.length !== held * HASH_BYTES) throw new RangeError("A tile at the edge is not whole");
    const to = Math.min(added.length, from + TILE_BYTES - old.length);
    tiles.push({ ...position, hashes: concatBytes(old, added.subarray(from, to)) });
    from = to;
  }
  return tiles;
}

const isFull = ({ hashes }: Tile) => hashes.length === TILE_BYTES;

const tileKey = ({ level, index }: TilePosition) => `${level}/${index}`;

function throwMissingTile({ level, index }: TilePosition): Hash {
  throw new RangeError(`The tile ${level}/${index} is missing`);
}

/** The highest level that a log of 2^53 leaves has. */
const MAX_LEVEL = 6;

/** A request below `/tile/`: hashes of a level, or entries, and how many of them. */
export type TileRequest = { level: number | "entries"; index: number; width: number };

/** Formats the path of a tile below the log's prefix (C2SP tlog-tiles): `tile/0/x001/234.p/5`. */
export function formatTilePath({ level, index, width }: TileRequest): string {
  const partial = width < TILE_WIDTH ? `.p/${width}` : "";
  return `tile/${level}/${indexPath(index)}${partial}`;
}

/** Formats an index as folders of three digits. All but the last begin with `x`. */
function indexPath(index: number): string {
  const last = String(index % 1000).padStart(3, "0");
  return index < 1000 ? last : `${folderPath(Math.floor(index / 1000))}/${last}`;
}

const folderPath = (index: number): string =>
  indexPath(index)
    .split("/")
    .map((part) => (part.startsWith("x") ? part : `x${part}`))
    .join("/");

const TILE_PATH =
  /^tile\/(?<level>0|[1-9]\d?|entries)\/(?<index>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/;

/** Parses a tile path; null if it is not one in canonical form. */
export function parseTilePath(path: string): TileRequest | null {
  const { level, index, width } = TILE_PATH.exec(path)?.groups ?? {};
  if (level === undefined || index === undefined) return null;
  const request = {
    level: level === "entries" ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, "")),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const;
  const isSensible = level === "entries" || Number(level) <= MAX_LEVEL;
  return isSensible && Number.isSafeInteger(request.index) && formatTilePath(request) === path
    ? request
    : null;
}

/** Returns the position of the requested tile. Its width says how many hashes are asked for. */
export const toTilePosition = ({ level, index }: TileRequest): TilePosition => ({
  level: level === "entries" ? 0 : level,
  index,
});

/** Joins entries, each preceded by its length in two bytes. An entry has at most 65,535 bytes. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    new DataView(bundle.buffer).setUint16(at, entry.length);
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

import { type Hash, hashNode, type LeafRange } from "./merkle.ts";

/** A tile holds as many hashes, of every eighth level of the tree (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const HASH_BYTES = 32;

/** Where a tile stands: level 0 holds hashes of leaves, and each further level those of whole tiles. */
export type TilePlace = { level: number; index: number };

/** The root of 2^`level` leaves, the `index`-th of its kind. */
export type TreeNode = { level: number; index: number };

/** Cuts a part of a tree into the largest nodes that it is made of, from left to right. */
export function nodesOf([begin, end]: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = begin; at < end;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** The tile that a node is in, or that it is the root of a part of. */
export function tileOf({ level, index }: TreeNode): TilePlace {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const first = index * 2 ** (level % TILE_HEIGHT);
  return { level: tileLevel, index: Math.floor(first / TILE_WIDTH) };
}

/** The hashes of a tile, one after the other. Throws when it is not there, or too short. */
export type ReadTile = (place: TilePlace) => Uint8Array;

/** The root of a part of a tree, out of its tiles. */
export function rootOfRange(range: LeafRange, readTile: ReadTile): Hash {
  const hashes = nodesOf(range).map((node) => hashOf(node, readTile));
  const last = hashes.pop();
  if (last === undefined) throw new RangeError("No leaf has no root of its own");
  // What is to the right is smaller: the tree is joined from there.
  return hashes.reduceRight((right, left) => hashNode(left, right), last);
}

function hashOf(node: TreeNode, readTile: ReadTile): Hash {
  const tile = readTile(tileOf(node));
  const width = 2 ** (node.level % TILE_HEIGHT);
  const first = (node.index * width) % TILE_WIDTH;
  if (tile.length < (first + width) * HASH_BYTES) throw new RangeError("A tile is too short");
  return rootIn(tile, first, width);
}

/** The root of so many hashes of a tile; their number is a power of two. */
function rootIn(tile: Uint8Array, first: number, width: number): Hash {
  if (width === 1) return tile.slice(first * HASH_BYTES, (first + 1) * HASH_BYTES);
  return hashNode(rootIn(tile, first, width / 2), rootIn(tile, first + width / 2, width / 2));
}

export const rootOfTile = (hashes: Uint8Array): Hash => rootIn(hashes, 0, TILE_WIDTH);

import { emptyRoot, type Hash, headOfTiles, type TilePlace } from "@ringfence/core/proof/ledger";
import { edgeOf, growTiles, hashLeaf, type Tile } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { compareHead, compareTiles } from "./compare-tiles.ts";
import { pagesOfLeaves } from "./pages-of-leaves.ts";
import { LOG_ID } from "./read-tiles.ts";

export type RebuiltTree = {
  size: number;
  faults: Message[];
  /** The roots that the entries alone make, at the sizes that were signed. */
  roots: ReadonlyMap<number, Hash>;
};

/** Makes the tree anew, out of the entries in the order of their places, and compares every tile. */
export async function rebuildTree(db: Transaction): Promise<RebuiltTree> {
  const faults: Message[] = [];
  const signed = await signedSizes(db);
  const roots = new Map<number, Hash>([[0, emptyRoot]]);
  let edge: Tile[] = [];
  let size = 0;
  for await (const page of pagesOfLeaves(db)) {
    const grown = growTiles(size, edge, joined(page.leaves.map(hashLeaf)));
    const before = size;
    size = grown.head.size;
    const tiles = new Map([...edge, ...grown.tiles].map((tile) => [keyOf(tile), tile]));
    const readTile = (place: TilePlace) => tiles.get(keyOf(place))?.hashes ?? new Uint8Array();
    for (const at of signed.filter((at) => at > before && at <= size)) {
      roots.set(at, headOfTiles(at, readTile).root);
    }
    faults.push(...page.faults, ...(await compareTiles(db, grown.tiles)));
    edge = edgeOf(size).map((place) => ({ ...place, hashes: readTile(place) }));
  }
  const readEdge = (place: TilePlace) =>
    edge.find((tile) => keyOf(tile) === keyOf(place))?.hashes ?? new Uint8Array();
  faults.push(...(await compareHead(db, headOfTiles(size, readEdge))));
  return { size, faults, roots };
}

const keyOf = ({ level, index }: TilePlace) => `${level}/${index}`;

async function signedSizes(db: Transaction): Promise<number[]> {
  const rows = await db.$queryRaw<{ size: number }[]>`
    SELECT size::float8 FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size`;
  return rows.map(({ size }) => size);
}

function joined(hashes: readonly Hash[]): Uint8Array {
  const all = new Uint8Array(hashes.length * 32);
  for (const [place, hash] of hashes.entries()) all.set(hash, place * 32);
  return all;
}

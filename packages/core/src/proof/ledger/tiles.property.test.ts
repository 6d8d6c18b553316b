import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type Hash,
  computeTreeHead,
  consistencyRanges,
  hashLeaf,
  isConsistencyProven,
  isInclusionProven,
  pathRanges,
} from "./merkle.ts";
import {
  TILE_WIDTH,
  type Tile,
  type TilePosition,
  appendLeaves,
  computeHeadFromTiles,
  computeRangeRoot,
  countTileHashes,
  listEdgeTiles,
} from "./tiles.ts";

/** Enough for a third level of tiles to begin, so made once. */
const leaves = Array.from({ length: 70_000 }, (_, index) =>
  hashLeaf(new TextEncoder().encode(`entry ${index}`)),
);

const toKey = ({ level, index }: TilePosition) => `${level}/${index}`;
const joined = (hashes: readonly Hash[]) => Uint8Array.from(hashes.flatMap((hash) => [...hash]));

/** A log whose tiles are kept as a sequencer keeps them. */
function aLog() {
  const tiles = new Map<string, Tile>();
  let size = 0;
  const readTile = (place: TilePosition) => {
    const tile = tiles.get(toKey(place));
    if (!tile) throw new Error(`there is no tile ${toKey(place)}`);
    return tile.hashes;
  };
  return {
    readTile,
    tiles,
    append(hashes: readonly Hash[]) {
      const edge = listEdgeTiles(size).map((place) => ({ ...place, hashes: readTile(place) }));
      const growth = appendLeaves(size, edge, joined(hashes));
      for (const tile of growth.tiles) tiles.set(toKey(tile), tile);
      size = growth.head.size;
      return growth.head;
    },
  };
}

const batches = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 6 });

it("has the head that the RFC defines, whatever batches it grew in", () => {
  fc.assert(
    fc.property(batches, (sizes) => {
      const log = aLog();
      let size = 0;
      for (const more of sizes) {
        const head = log.append(leaves.slice(size, size + more));
        size += more;
        expect(head).toEqual(computeTreeHead(leaves.slice(0, size)));
        expect(computeHeadFromTiles(size, log.readTile)).toEqual(head);
      }
      for (const tile of log.tiles.values()) {
        expect(tile.hashes.length / 32).toBe(countTileHashes(tile, size));
      }
    }),
    { numRuns: 20 },
  );
});

it("proves out of its tiles each entry, and its growth from each size", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_500 }), fc.nat(), fc.nat(), (size, place, older) => {
      const log = aLog();
      const head = log.append(leaves.slice(0, size));
      const [index, before] = [place % size, older % (size + 1)];
      const path = pathRanges(index, size).map((range) => computeRangeRoot(range, log.readTile));
      const growth = consistencyRanges(before, size).map((range) =>
        computeRangeRoot(range, log.readTile),
      );
      const leaf = leaves[index] ?? head.root;
      return (
        isInclusionProven(leaf, { index, path }, head) &&
        isConsistencyProven(computeTreeHead(leaves.slice(0, before)), head, growth)
      );
    }),
    { numRuns: 30 },
  );
});

it("is the same beyond the second level of tiles", () => {
  const log = aLog();
  log.append(leaves.slice(0, TILE_WIDTH ** 2 - 1));
  const before = log.append(leaves.slice(TILE_WIDTH ** 2 - 1, TILE_WIDTH ** 2));
  const after = log.append(leaves.slice(TILE_WIDTH ** 2, 70_000));
  expect(after).toEqual(computeTreeHead(leaves));
  expect([...log.tiles.keys()].filter((key) => key.startsWith("2/"))).toEqual(["2/0"]);
  const growth = consistencyRanges(before.size, after.size);
  const proof = growth.map((range) => computeRangeRoot(range, log.readTile));
  expect(isConsistencyProven(before, after, proof)).toBe(true);
});

it("refuses to extend a log whose tiles were changed", () => {
  const { tiles } = appendLeaves(0, [], joined(leaves.slice(0, 300)));
  const edge = tiles.filter(({ level, index }) => level === 1 || index === 1);
  const cut = edge.map((tile) => ({ ...tile, hashes: tile.hashes.slice(32) }));
  expect(appendLeaves(300, edge, joined(leaves.slice(300, 301))).head).toEqual(
    computeTreeHead(leaves.slice(0, 301)),
  );
  expect(() => appendLeaves(300, cut, joined(leaves.slice(300, 301)))).toThrow(RangeError);
  expect(() => appendLeaves(300, [], joined(leaves.slice(300, 301)))).toThrow(RangeError);
});

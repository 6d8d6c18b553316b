import {
  type AreaCounts,
  type Edition,
  type NumberSet,
  toArea,
  areasIn,
  applyToBlock,
  findBits,
  blockNumbersIn,
  blocksInArea,
  countChanges,
  countLines,
} from "@ringfence/core/do-not-call/registry";
import type { LockedRegistry } from "./registry.ts";

/** The state of a registry with an edition applied, and the difference. */
export type Comparison = {
  listed: number;
  areas: AreaCounts;
  /** The publisher's date of the edition; null if it bears none. */
  publishedOn: string | null;
  added: number;
  removed: number;
  /** Changed blocks, in ascending order. */
  blocks: readonly number[];
};

/** Compares a first full list with an empty registry. */
export function compareFirstList(edition: Edition): Comparison {
  const [state, blocks] = [countListed(edition), blockNumbersIn(edition.added)];
  const { publishedOn } = edition;
  return { ...state, publishedOn, added: state.listed, removed: 0, blocks };
}

/** Lists the blocks that an edition names, in order. */
export const listTouchedBlocks = ({ added, removed }: Edition): number[] =>
  mergeBlocks(blockNumbersIn(added), blockNumbersIn(removed));

const mergeBlocks = (...blocks: readonly (readonly number[])[]) =>
  [...new Set(blocks.flat())].toSorted((a, b) => a - b);

/** Compares an edition with the stored numbers: in all blocks, or in those that the changes name. */
export function compareEdition(
  before: LockedRegistry,
  kept: NumberSet,
  edition: Edition,
): Comparison {
  const inArea = new Map<number, { added: number; removed: number }>();
  const candidates = mergeBlocks(blockNumbersIn(kept), listTouchedBlocks(edition));
  const blocks = candidates.filter((block) => {
    const was = findBits(kept, block);
    const { added, removed } = countChanges(was, applyToBlock(edition, block, was));
    const sum = inArea.get(toArea(block)) ?? { added: 0, removed: 0 };
    inArea.set(toArea(block), { added: sum.added + added, removed: sum.removed + removed });
    return added + removed > 0;
  });
  const { kind, publishedOn } = edition;
  const after = kind === "full" ? countListed(edition) : addToCounts(before, inArea);
  const [added, removed] = [sumCounts(inArea, "added"), sumCounts(inArea, "removed")];
  return { ...after, publishedOn, added, removed, blocks };
}

const sumCounts = <Key extends string>(
  inArea: ReadonlyMap<number, Record<Key, number>>,
  key: Key,
): number => [...inArea.values()].reduce((sum, counts) => sum + counts[key], 0);

/** Counts the numbers of a full list. */
function countListed({ added, areas }: Edition) {
  let listed = 0;
  const counts: Record<string, number> = {};
  for (const area of areasIn(added)) {
    let inArea = 0;
    for (const [, bits] of blocksInArea(added, area)) inArea += countLines(bits);
    listed += inArea;
    if (areas.includes(area)) counts[area] = inArea;
  }
  return { listed, areas: counts };
}

/** Adds changes to the counts. Changes never change which areas a registry covers. */
function addToCounts(
  before: LockedRegistry,
  inArea: ReadonlyMap<number, { added: number; removed: number }>,
) {
  const areas: Record<string, number> = {};
  for (const [area, was] of Object.entries(before.areas)) {
    const { added, removed } = inArea.get(Number(area)) ?? { added: 0, removed: 0 };
    areas[area] = was + added - removed;
  }
  return {
    listed: before.listed + sumCounts(inArea, "added") - sumCounts(inArea, "removed"),
    areas,
  };
}

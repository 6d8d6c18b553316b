import type { RegistryId } from "@ringfence/core/ids";
import {
  type AreaCounts,
  areaOf,
  areasIn,
  bitsAfter,
  blocksIn,
  countChange,
  countLines,
  type Edition,
} from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { readBlocks, slicesOf } from "./block-store.ts";
import type { LockedRegistry } from "./lock-registry.ts";

/** What an edition would make of a registry. */
export type Comparison = {
  listed: number;
  areas: AreaCounts;
  publishedOn: string | null;
  added: number;
  removed: number;
};

/** What a first full list makes of a registry. */
export function firstComparison(edition: Edition): Comparison {
  const state = stateOf(edition);
  return { ...state, publishedOn: edition.publishedOn, added: state.listed, removed: 0 };
}

/** Compares an edition with what is kept, in the blocks that it may change. */
export async function compareEdition(
  ctx: TransactionContext,
  registryId: RegistryId,
  {
    before,
    edition,
    blocks,
  }: { before: LockedRegistry; edition: Edition; blocks: readonly number[] },
): Promise<Comparison> {
  const inArea = new Map<number, { added: number; removed: number }>();
  for (const some of slicesOf(blocks)) {
    const kept = await readBlocks(ctx, registryId, some);
    for (const block of some) {
      const was = kept.get(block);
      const { added, removed } = countChange(was, bitsAfter(edition, block, was));
      const sum = inArea.get(areaOf(block)) ?? { added: 0, removed: 0 };
      inArea.set(areaOf(block), { added: sum.added + added, removed: sum.removed + removed });
    }
  }
  const { kind, publishedOn } = edition;
  const after = kind === "full" ? stateOf(edition) : stateWith(before, inArea);
  const [added, removed] = [sumOf(inArea, "added"), sumOf(inArea, "removed")];
  return { ...after, publishedOn, added, removed };
}

const sumOf = <Key extends string>(
  inArea: ReadonlyMap<number, Record<Key, number>>,
  key: Key,
): number => [...inArea.values()].reduce((sum, counts) => sum + counts[key], 0);

/** A full list tells by itself how many there are. */
function stateOf({ added, areas }: Edition) {
  let listed = 0;
  const counts: Record<string, number> = {};
  for (const area of areasIn(added)) {
    let inArea = 0;
    for (const [, bits] of blocksIn(added, area)) inArea += countLines(bits);
    listed += inArea;
    if (areas.includes(area)) counts[area] = inArea;
  }
  return { listed, areas: counts };
}

/** Changes leave a registry answering for the same areas as before. */
function stateWith(
  before: LockedRegistry,
  inArea: ReadonlyMap<number, { added: number; removed: number }>,
) {
  const areas: Record<string, number> = {};
  for (const [area, was] of Object.entries(before.areas)) {
    const { added, removed } = inArea.get(Number(area)) ?? { added: 0, removed: 0 };
    areas[area] = was + added - removed;
  }
  return { listed: before.listed + sumOf(inArea, "added") - sumOf(inArea, "removed"), areas };
}

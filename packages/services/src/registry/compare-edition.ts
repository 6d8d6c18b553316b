import type { RegistryId } from "@ringfence/core/ids";
import {
  type AreaCounts,
  areaOf,
  bitsAfter,
  blockNumbersIn,
  countChange,
  type Edition,
} from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { BLOCKS_PER_STATEMENT, keptBlocks, readBlocks } from "./block-store.ts";
import type { LockedRegistry } from "./lock-registry.ts";

/** What an edition would make of a registry. */
export type Comparison = {
  listed: number;
  areas: AreaCounts;
  publishedOn: string | null;
  added: number;
  removed: number;
  /** The blocks that would change, in order. */
  changed: readonly number[];
};

/** Compares an edition with what is kept, block by block, and keeps none of it in memory. */
export async function compareEdition(
  ctx: TransactionContext,
  registryId: RegistryId,
  before: LockedRegistry,
  edition: Edition,
): Promise<Comparison> {
  const kept =
    edition.kind === "full" && before.edition > 0 ? await keptBlocks(ctx, registryId) : [];
  const said = [...blockNumbersIn(edition.added), ...blockNumbersIn(edition.removed)];
  const blocks = [...new Set([...kept, ...said])].toSorted((a, b) => a - b);

  const changed: number[] = [];
  const inArea = new Map<number, { added: number; removed: number; listed: number }>();
  for (const some of slicesOf(blocks)) {
    const bits = before.edition > 0 ? await readBlocks(ctx, registryId, some) : new Map();
    for (const block of some) {
      const was = bits.get(block);
      const { added, removed, listed } = countChange(was, bitsAfter(edition, block, was));
      if (added + removed > 0) changed.push(block);
      const sum = inArea.get(areaOf(block)) ?? { added: 0, removed: 0, listed: 0 };
      sum.added += added;
      sum.removed += removed;
      sum.listed += listed;
      inArea.set(areaOf(block), sum);
    }
  }
  return { ...summaryOf(before, edition, inArea), changed };
}

function summaryOf(
  before: LockedRegistry,
  { kind, areas, publishedOn }: Edition,
  inArea: ReadonlyMap<number, { added: number; removed: number; listed: number }>,
) {
  const total = { added: 0, removed: 0, listed: 0 };
  for (const { added, removed, listed } of inArea.values()) {
    total.added += added;
    total.removed += removed;
    total.listed += listed;
  }
  const shared = { publishedOn, added: total.added, removed: total.removed };
  if (kind === "full") {
    const counts = areas.map((area) => [String(area), inArea.get(area)?.listed ?? 0]);
    return { ...shared, listed: total.listed, areas: Object.fromEntries(counts) };
  }
  const counts = Object.entries(before.areas).map(([area, was]) => {
    const { added = 0, removed = 0 } = inArea.get(Number(area)) ?? {};
    return [area, was + added - removed];
  });
  const listed = before.listed + total.added - total.removed;
  return { ...shared, listed, areas: Object.fromEntries(counts) };
}

/** Pieces that one statement can carry. */
export function* slicesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BLOCKS_PER_STATEMENT) {
    yield items.slice(start, start + BLOCKS_PER_STATEMENT);
  }
}

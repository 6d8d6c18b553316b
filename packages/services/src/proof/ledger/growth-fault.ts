import { growthRanges, isGrown, rootOfRange, type TreeHead } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { LOG_ID, readTilesFor } from "./read-tiles.ts";

export type LogHead = TreeHead & { origin: string | null };

export async function readHead(tx: Transaction): Promise<LogHead> {
  const [head] = await tx.$queryRaw<LogHead[]>`
    SELECT origin, size::float8, root FROM ledger.log WHERE log_id = ${LOG_ID}`;
  if (head === undefined) throw new Error("there is no log");
  return head;
}

/** Why the log did not grow out of what it was before; null when it did. */
export async function growthFault(
  tx: Transaction,
  before: TreeHead,
  head: TreeHead,
): Promise<Message | null> {
  const values = { size: head.size, signed: before.size };
  if (head.size < before.size) return { key: "ledger.refused-rollback", values };
  return (await isExtension(tx, before, head)) ? null : { key: "ledger.refused-fork", values };
}

async function isExtension(tx: Transaction, before: TreeHead, head: TreeHead): Promise<boolean> {
  const ranges = growthRanges(before.size, head.size);
  try {
    const readTile = await readTilesFor(tx, ranges);
    return isGrown(
      before,
      head,
      ranges.map((range) => rootOfRange(range, readTile)),
    );
  } catch (error) {
    if (error instanceof RangeError) return false; // a tile is gone, or cut
    throw error;
  }
}

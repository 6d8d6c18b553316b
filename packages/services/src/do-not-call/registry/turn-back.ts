import type { RegistryId } from "@ringfence/core/ids";
import {
  type Bits,
  BLOCK_BYTES,
  bitsIn,
  blockNumbersIn,
  countChange,
  emptySet,
  isEmpty,
} from "@ringfence/core/do-not-call/registry";
import type { TransactionContext } from "../../platform/context.ts";
import { readBlocks, turnSince } from "./read-blocks.ts";
import { writeBlocks } from "./write-blocks.ts";

/** Has a registry list again what it did by an earlier edition, and records what that changes. */
export async function turnBack(
  ctx: TransactionContext,
  registryId: RegistryId,
  { to, as }: { to: number; as: number },
): Promise<{ added: number; removed: number }> {
  const { db, organizationId } = ctx;
  const which = { organizationId, registryId };
  const connection = await db.$connection();
  const turned = emptySet({ isShared: true });
  await turnSince(connection, which, to, turned);
  const isTurned = (block: number) => !isEmpty(bitsIn(turned, block) ?? nothing);
  const blocks = blockNumbersIn(turned).filter(isTurned);
  const before = await readBlocks(connection, which, blocks);
  const after = (block: number) => turnedBits(bitsIn(before, block), bitsIn(turned, block));

  let [added, removed] = [0, 0];
  for (const block of blocks) {
    const change = countChange(bitsIn(before, block), after(block));
    added += change.added;
    removed += change.removed;
  }
  await writeBlocks(ctx, registryId, { number: as, blocks, before, after });
  return { added, removed };
}

const nothing = new Uint8Array(BLOCK_BYTES);

const turnedBits = (bits: Bits = nothing, turned: Bits = nothing) =>
  bits.map((byte, index) => byte ^ (turned[index] ?? 0));

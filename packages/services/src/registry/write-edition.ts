import type { RegistryId } from "@ringfence/core/ids";
import {
  type Bits,
  bitsAfter,
  BLOCK_BYTES,
  blockChange,
  type Edition,
} from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { readBlocks, writeBlocks, writeChanges } from "./block-store.ts";
import { slicesOf } from "./compare-edition.ts";

/** Writes the blocks that an edition changes, and from the second one on what it changed in them. */
export async function writeEdition(
  ctx: TransactionContext,
  registryId: RegistryId,
  { number, edition, changed }: { number: number; edition: Edition; changed: readonly number[] },
) {
  for (const some of slicesOf(changed)) {
    const before = number > 1 ? await readBlocks(ctx, registryId, some) : new Map<number, Bits>();
    const after = new Map(
      some.map((block) => [block, bitsAfter(edition, block, before.get(block)) ?? noBits]),
    );
    await writeBlocks(ctx, registryId, after);
    if (number === 1) continue;

    const changes = some.map((block) => ({
      block,
      lines: blockChange(before.get(block), after.get(block))?.lines ?? [],
    }));
    await writeChanges(ctx, registryId, number, changes);
  }
}

const noBits: Bits = new Uint8Array(BLOCK_BYTES);

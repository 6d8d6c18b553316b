import type { RegistryId } from "@ringfence/core/ids";
import { type Bits, bitsAfter, blockChange, type Edition, isEmpty } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import {
  dropBlocks,
  readBlocks,
  slicesOf,
  takeStaged,
  writeBlocks,
  writeChanges,
} from "./block-store.ts";

type Writing = {
  number: number;
  edition: Edition;
  blocks: readonly number[];
  /** Where the blocks of a full list lie ready; null for changes. */
  stagingId: string | null;
};

/** Writes the blocks that an edition after the first changes, and what it changed in them. */
export async function writeEdition(
  ctx: TransactionContext,
  registryId: RegistryId,
  { number, edition, blocks, stagingId }: Writing,
) {
  for (const some of slicesOf(blocks)) {
    const before = await readBlocks(ctx, registryId, some);
    const listed = new Map<number, Bits>();
    const changes = some.flatMap((block) => {
      const was = before.get(block);
      const is = bitsAfter(edition, block, was);
      if (is && !isEmpty(is)) listed.set(block, is);
      const change = blockChange(was, is);
      return change ? [{ block, lines: change.lines }] : [];
    });
    if (stagingId === null) await writeBlocks(ctx, registryId, listed);
    else await takeStaged(ctx, registryId, stagingId, [...listed.keys()]);

    const empty = some.filter((block) => !listed.has(block));
    if (empty.length > 0) await dropBlocks(ctx, registryId, empty);
    await writeChanges(ctx, registryId, number, changes);
  }
}

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

type Writing = { number: number; edition: Edition; blocks: readonly number[] };

/** Writes the blocks that an edition changes, and from the second one on what it changed in them. */
export async function writeEdition(
  ctx: TransactionContext,
  registryId: RegistryId,
  { number, edition, blocks }: Writing,
) {
  for (const some of slicesOf(blocks)) {
    const before = number > 1 ? await readBlocks(ctx, registryId, some) : new Map<number, Bits>();
    const changes = some.flatMap((block) => {
      const was = before.get(block);
      const is = bitsAfter(edition, block, was);
      if (number === 1) return [{ block, is, lines: [] }];
      const change = blockChange(was, is);
      return change ? [{ block, is, lines: change.lines }] : [];
    });
    const listed = new Map<number, Bits>();
    for (const { block, is } of changes) if (is && !isEmpty(is)) listed.set(block, is);
    const empty = changes.flatMap(({ block }) => (listed.has(block) ? [] : [block]));

    if (edition.kind === "full") await takeStaged(ctx, registryId, [...listed.keys()]);
    else await writeBlocks(ctx, registryId, listed);
    if (empty.length > 0) await dropBlocks(ctx, registryId, empty);
    if (number > 1) await writeChanges(ctx, registryId, number, changes);
  }
}

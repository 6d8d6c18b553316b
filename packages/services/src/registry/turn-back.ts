import type { RegistryId } from "@ringfence/core/ids";
import {
  type Bits,
  BLOCK_BYTES,
  blockChange,
  isEmpty,
  turnLines,
  unpackLines,
} from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { dropBlocks, readBlocks, slicesOf, writeBlocks, writeChanges } from "./block-store.ts";

/** Has a registry list again what it did by an earlier edition, and records what that changes. */
export async function turnBack(
  ctx: TransactionContext,
  registryId: RegistryId,
  { to, as }: { to: number; as: number },
): Promise<{ added: number; removed: number }> {
  let [added, removed] = [0, 0];
  for (const blocks of slicesOf(await changedSince(ctx, registryId, to))) {
    const before = await readBlocks(ctx, registryId, blocks);
    const after = new Map(blocks.map((block) => [block, copyOf(before.get(block))]));
    for (const { block, lines } of await changesIn(ctx, registryId, to, blocks)) {
      turnLines(after.get(Number(block)) ?? new Uint8Array(BLOCK_BYTES), unpackLines(lines));
    }
    const changes = blocks.flatMap((block) => {
      const change = blockChange(before.get(block), after.get(block));
      return change === null ? [] : [{ block, ...change }];
    });
    for (const change of changes) {
      added += change.added;
      removed += change.removed;
    }
    const listed = [...after].filter(([, bits]) => !isEmpty(bits));
    const empty = [...after].flatMap(([block, bits]) => (isEmpty(bits) ? [block] : []));
    await writeBlocks(ctx, registryId, new Map(listed));
    if (empty.length > 0) await dropBlocks(ctx, registryId, empty);
    await writeChanges(ctx, registryId, as, changes);
  }
  return { added, removed };
}

const copyOf = (bits: Bits | undefined): Bits => bits?.slice() ?? new Uint8Array(BLOCK_BYTES);

async function changedSince(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  edition: number,
) {
  const [row] = await db.$queryRaw<[{ blocks: bigint[] | null }]>`
    SELECT array_agg(DISTINCT block ORDER BY block) AS blocks FROM registry_change
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND edition > ${edition}::int`;
  return row.blocks?.map(Number) ?? [];
}

const changesIn = (
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  edition: number,
  blocks: readonly number[],
) =>
  db.registryChange.findMany({
    where: { organizationId, registryId, edition: { gt: edition }, block: { in: [...blocks] } },
    select: { block: true, lines: true },
  });

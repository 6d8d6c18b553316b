import type { RegistryId } from "@ringfence/core/ids";
import { blockNumbersIn, type Edition } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { slicesOf } from "./block-store.ts";

/** The blocks that an edition may change, in order; of a full list, which lies ready, exactly those. */
export async function findChanged(
  ctx: TransactionContext,
  registryId: RegistryId,
  { edition, stagingId }: { edition: Edition; stagingId: string | null },
): Promise<number[]> {
  const added = blockNumbersIn(edition.added);
  if (stagingId === null) {
    const said = new Set([...added, ...blockNumbersIn(edition.removed)]);
    return [...said].toSorted((a, b) => a - b);
  }
  const changed: number[] = [];
  for (const range of rangesOf(added)) {
    changed.push(...(await changedBetween(ctx, registryId, stagingId, range)));
  }
  return changed;
}

/**
 * Ranges small enough for the database to find its way by the keys alone. They leave no gap: between
 * the blocks of a list, and after them, may stand others, which it no longer has.
 */
function* rangesOf(blocks: readonly number[]): Generator<readonly [from: number, until: number]> {
  const ends = [...slicesOf(blocks)].map((some) => some.at(-1) ?? 0);
  let from = 0;
  for (const until of [...ends.slice(0, -1), Number.MAX_SAFE_INTEGER]) {
    yield [from, until];
    from = until + 1;
  }
}

async function changedBetween(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  stagingId: string,
  [from, until]: readonly [number, number],
) {
  const [row] = await db.$queryRaw<[{ blocks: bigint[] | null }]>`
    SELECT array_agg(block ORDER BY block) AS blocks FROM (
      SELECT block, bits FROM registry_block
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND block BETWEEN ${from}::bigint AND ${until}::bigint
    ) AS kept FULL JOIN (
      SELECT block, bits FROM registry_staging
      WHERE organization_id = ${organizationId}::uuid AND id = ${stagingId}::uuid
        AND block BETWEEN ${from}::bigint AND ${until}::bigint
    ) AS staged USING (block)
    WHERE kept.bits IS DISTINCT FROM staged.bits`;
  return row.blocks?.map(Number) ?? [];
}

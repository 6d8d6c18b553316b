import type { RegistryId } from "@ringfence/core/ids";
import { blockNumbersIn, type Edition } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { slicesOf } from "./block-store.ts";

/** The blocks that an edition may change, in order; of a full list, which lies ready, exactly those. */
export async function findChanged(
  ctx: TransactionContext,
  registryId: RegistryId,
  inForce: number,
  { kind, added, removed }: Edition,
): Promise<number[]> {
  const said = [...new Set([...blockNumbersIn(added), ...blockNumbersIn(removed)])];
  const inOrder = said.toSorted((a, b) => a - b);
  if (kind === "change" || inForce === 0) return inOrder;

  // Range by range, so that the database finds its way by the keys alone. The ranges leave no gap:
  // between the blocks of the list may stand others, which it no longer has.
  const changed: number[] = [];
  let from = 0;
  for (const some of slicesOf(inOrder)) {
    const last = some.at(-1) ?? 0;
    const until = last === inOrder.at(-1) ? Number.MAX_SAFE_INTEGER : last;
    changed.push(...(await changedBetween(ctx, registryId, from, until)));
    from = until + 1;
  }
  return changed;
}

async function changedBetween(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  from: number,
  until: number,
) {
  const rows = await db.$queryRaw<{ block: bigint }[]>`
    SELECT block FROM (
      SELECT block, bits FROM registry_block
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND block BETWEEN ${from}::bigint AND ${until}::bigint
    ) AS kept FULL JOIN (
      SELECT block, bits FROM registry_staging
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND block BETWEEN ${from}::bigint AND ${until}::bigint
    ) AS staged USING (block)
    WHERE kept.bits IS DISTINCT FROM staged.bits
    ORDER BY block`;
  return rows.map(({ block }) => Number(block));
}

import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Keeps the bits of some blocks of a segment, in the place of those that were kept. */
export async function keepBlocks(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  blocks: ReadonlyMap<number, Uint8Array>,
) {
  if (blocks.size === 0) return;
  await db.$executeRaw`
    INSERT INTO segment_block (organization_id, segment_id, block, bits)
    SELECT ${organizationId}::uuid, ${segmentId}::uuid, *
    FROM unnest(${[...blocks.keys()]}::int[], ${[...blocks.values()]}::bytea[])
    ON CONFLICT (organization_id, segment_id, block) DO UPDATE SET bits = excluded.bits`;
}

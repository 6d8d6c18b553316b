import type { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, isIn } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";

/** Of some people, those who are in a segment as of its last refresh. */
export async function membersAmong(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  ordinals: readonly number[],
): Promise<number[]> {
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId, block: { in: [...new Set(ordinals.map(blockOf))] } },
  });
  const bitsOf = new Map(blocks.map(({ block, bits }) => [block, bits]));
  return ordinals.filter((ordinal) => {
    const bits = bitsOf.get(blockOf(ordinal));
    return bits !== undefined && isIn(bits, ordinal);
  });
}

const blockOf = (ordinal: number) => Math.floor(ordinal / BLOCK_PEOPLE);

import type { SegmentId } from "@ringfence/core/ids";
import { ordinalsIn } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";

/** Who is in a segment as of its last refresh, and by which version; null before the first. */
export async function keptMembers(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
): Promise<{ version: number; ordinals: number[] } | null> {
  const segment = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: null },
    select: { refreshed: true },
  });
  if (segment === null || segment.refreshed === null) return null;
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId },
    orderBy: { block: "asc" },
  });
  const ordinals = blocks.flatMap(({ block, bits }) => [...ordinalsIn(block, bits)]);
  return { version: segment.refreshed, ordinals };
}

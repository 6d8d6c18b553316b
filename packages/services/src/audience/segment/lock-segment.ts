import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

type Locked = {
  version: number;
  refreshed: number | null;
  refreshedAt: Date | null;
  size: number | null;
};

/** A segment that nobody else changes or refreshes meanwhile; null where there is none any more. */
export async function lockSegment(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
): Promise<Locked | null> {
  const [row] = await db.$queryRaw<Locked[]>`
    SELECT version, refreshed, refreshed_at AS "refreshedAt", size FROM segment
    WHERE organization_id = ${organizationId}::uuid AND id = ${segmentId}::uuid
      AND archived_at IS NULL FOR UPDATE`;
  return row ?? null;
}

import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** The row of a segment that is in use, or the error that there is none. */
export async function requireSegment(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
) {
  const row = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: null },
  });
  if (row === null) throw new ServiceError("not-found", { key: "segment.not-found" });
  return row;
}

import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Has a worker find anew who is in a segment, in the transaction that makes it necessary. */
export async function askForRefresh(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  segmentId: SegmentId,
) {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(
      'segment.refresh',
      json_build_object('organizationId', ${organizationId}::uuid, 'segmentId', ${segmentId}::uuid),
      job_key := ${`segment.refresh/${organizationId}/${segmentId}`})`;
}

import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Has a worker screen a segment, for calls that are named or for the usual ones. */
export async function queueScreening(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  { seller = null, purpose = null }: { seller?: string | null; purpose?: string | null } = {},
) {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(
      'segment.screen',
      json_strip_nulls(json_build_object('organizationId', ${organizationId}::uuid,
        'segmentId', ${segmentId}::uuid, 'seller', ${seller}::text, 'purpose', ${purpose}::text)),
      job_key := ${`segment.screen/${organizationId}/${segmentId}/${seller}/${purpose}`})`;
}

import { OrganizationId, SegmentId } from "@ringfence/core/ids";
import { collectVersions, toBlocks } from "@ringfence/core/audience/segment";
import {
  type TransactionContext,
  command,
  defineJob,
  enqueue,
  selectRows,
} from "../../platform/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { findMembers } from "./find-members.ts";
import { saveBlocks } from "./members.ts";
import { loadSegments, lockSegment } from "./segment.ts";
import { queueScreening } from "./waterfall.ts";
import { loadScope } from "./sql/scope.ts";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";

/**
 * Finds the members of a segment, saves them as bits, and queues their screening. Holds the segment's lock
 * meanwhile. Null if the segment is archived or missing.
 */
export const refreshSegment = command({
  name: "refreshSegment",
  action: "segment.refresh",
  input: SegmentId,
  transaction: "analysis",
  run: async (ctx, segmentId): Promise<{ size: number } | null> => {
    const { db, organizationId, now } = ctx;
    // A concurrent save waits, and queues another refresh.
    const row = await lockSegment(ctx, segmentId);
    const segments = await loadSegments(ctx);
    const segment = segments.get(segmentId);
    if (row === null || segment === undefined) return null;

    const members = await findMembers(ctx, await loadScope(ctx, segments), segment.rule);
    await db.segmentBlock.deleteMany({ where: { organizationId, segmentId } });
    await saveBlocks(ctx, segmentId, toBlocks(members));
    const size = members.length;
    await db.segment.updateMany({
      where: { organizationId, id: segmentId },
      data: {
        size,
        refreshedAt: now,
        followedAt: null,
        refreshed: row.version,
        refreshedWith: collectVersions([segmentId], segments),
      },
    });
    await db.segmentSize.createMany({
      data: { organizationId, segmentId, at: now, size },
      skipDuplicates: true,
    });
    await queueScreenings(ctx, segmentId);
    return { size };
  },
  audit: "none",
});

/** Queues a screening for every call that was requested before, or for the default call. */
async function queueScreenings(ctx: TransactionContext, segmentId: SegmentId) {
  const { db, organizationId } = ctx;
  const kept = await db.segmentWaterfall.findMany({
    where: { organizationId, segmentId },
    select: { sellerId: true, purpose: true },
    orderBy: [{ sellerId: "asc" }, { purpose: "asc" }],
  });
  if (kept.length === 0 && (await hasCallsToScreen(ctx))) await queueScreening(ctx, segmentId);
  for (const { sellerId: seller, purpose } of kept) {
    await queueScreening(ctx, segmentId, { seller, purpose });
  }
}

/** True if there are calls to screen: the organization has a seller and a purpose. */
const hasCallsToScreen = async (ctx: TransactionContext) =>
  (await loadSellers(ctx)).length > 0 && (await loadPurposes(ctx)).length > 0;

/** Finds the members of a segment anew. */
export const refreshSegmentJob = defineJob("segment.refresh", { segmentId: SegmentId });

/** Queues a refresh, in the transaction that makes it necessary. */
export const queueRefresh = (
  ctx: Pick<TransactionContext, "db" | "organizationId">,
  segmentId: SegmentId,
) =>
  enqueue(
    ctx,
    refreshSegmentJob,
    { segmentId },
    { key: `${refreshSegmentJob.name}/${ctx.organizationId}/${segmentId}` },
  );

/** Members found longer ago are found anew even without changes, because time passes. */
const MAX_AGE_HOURS = 1;

/** Columns are never older than a day (`columns/store.ts`), so nobody needs older changes. */
const CHANGES_KEPT_DAYS = 2;

/** Queues refreshes for segments of all organizations that are due, and deletes old change records. */
export async function queueDueRefreshes(db: Db) {
  await db.prisma.$transaction(async (db) => {
    const due = await selectRows(
      { db },
      z.object({ organizationId: OrganizationId, id: SegmentId }),
      sql`
      SELECT organization_id, id FROM segment
      WHERE archived_at IS NULL AND (refreshed_at IS NULL OR refreshed IS DISTINCT FROM version
        OR refreshed_at <= now() - make_interval(hours => ${MAX_AGE_HOURS}))`,
    );
    for (const { organizationId, id } of due) await queueRefresh({ db, organizationId }, id);
    await db.$executeRaw`
      DELETE FROM person_change WHERE at < now() - make_interval(days => ${CHANGES_KEPT_DAYS})`;
  });
}

import { OrganizationId, SegmentId } from "@ringfence/core/ids";
import { blocksOf, versionsBehind } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { findMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { keepBlocks } from "./members.ts";
import { knownSegmentsOf, lockSegment } from "./segment.ts";
import { queueScreening } from "./waterfall.ts";
import { scopeOf } from "./sql/scope.ts";
import type { Db } from "@ringfence/db";

/** Finds who is in a segment, keeps it as bits, and has them screened; null when there is no such segment any more. */
export async function refreshSegment(
  ctx: ServiceContext,
  segmentId: SegmentId,
): Promise<{ size: number } | null> {
  allow(ctx, "segment.refresh");

  return inAnalysis(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    // Whoever saves a version meanwhile waits, and asks for another refresh.
    const row = await lockSegment(ctx, segmentId);
    const segments = await knownSegmentsOf(ctx);
    const segment = segments.get(segmentId);
    if (row === null || segment === undefined) return null;

    const members = await findMembers(ctx, await scopeOf(ctx, segments), segment.rule);
    await db.segmentBlock.deleteMany({ where: { organizationId, segmentId } });
    await keepBlocks(ctx, segmentId, blocksOf(members));
    const size = members.length;
    await db.segment.updateMany({
      where: { organizationId, id: segmentId },
      data: {
        size,
        refreshedAt: now,
        followedAt: null,
        refreshed: row.version,
        refreshedWith: versionsBehind([segmentId], segments),
      },
    });
    await db.segmentSize.createMany({
      data: { organizationId, segmentId, at: now, size },
      skipDuplicates: true,
    });
    await screenAnew(ctx, segmentId);
    return { size };
  });
}

/** For all calls that somebody has asked about, and for the usual ones before anybody did. */
async function screenAnew(ctx: TransactionContext, segmentId: SegmentId) {
  const { db, organizationId } = ctx;
  const kept = await db.segmentWaterfall.findMany({
    where: { organizationId, segmentId },
    select: { sellerId: true, purpose: true },
    orderBy: [{ sellerId: "asc" }, { purpose: "asc" }],
  });
  if (kept.length === 0 && (await callsAnybody(ctx))) await queueScreening(ctx, segmentId);
  for (const { sellerId: seller, purpose } of kept) {
    await queueScreening(ctx, segmentId, { seller, purpose });
  }
}

/** Whoever has no seller yet, or no purpose, makes no calls to screen for. */
const callsAnybody = async (ctx: TransactionContext) =>
  (await sellersOf(ctx)).length > 0 && (await purposesOf(ctx)).length > 0;

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

/** A size that is older is found anew, though nothing came: days pass, and with them what was recent. */
const HOURS = 1;

/** Columns are never older than a day (`columns/open-columns.ts`); a change that none has missed is of no use. */
const CHANGES_KEPT_DAYS = 2;

/** Has workers refresh the segments of all organizations that are due, and forgets changes that nobody asks about any more. */
export async function claimDueSegments(db: Db) {
  await db.prisma.$transaction(async (db) => {
    const due = await db.$queryRaw<{ organization_id: string; id: string }[]>`
      SELECT organization_id, id FROM segment
      WHERE archived_at IS NULL AND (refreshed_at IS NULL OR refreshed IS DISTINCT FROM version
        OR refreshed_at <= now() - make_interval(hours => ${HOURS}))`;
    for (const { organization_id, id } of due) {
      const organizationId = OrganizationId.parse(organization_id);
      await askForRefresh({ db, organizationId }, SegmentId.parse(id));
    }
    await db.$executeRaw`
      DELETE FROM person_change WHERE at < now() - make_interval(days => ${CHANGES_KEPT_DAYS})`;
  });
}

import {
  ServiceError,
  type TransactionContext,
  canSeeSeller,
  command,
  holdLock,
  toStoredActor,
} from "../../platform/internal.ts";
import { SegmentId, SellerId } from "@ringfence/core/ids";
import {
  holdSegmentsForRestoring,
  assertVisible,
  findHiddenSegments,
  loadSegments,
  lockSegment,
  maySeeRule,
} from "./segment.ts";
import { Rule, findNamedSegments } from "@ringfence/core/audience/segment";
import { queueRefresh } from "./refresh.ts";
import type { Message } from "@ringfence/core/platform/message";
import { sql } from "kysely";

/**
 * Archives a segment: it leaves lists and choices and is no longer refreshed. Refuses if an unfinished campaign, an
 * offer or another segment uses it, and names that if the actor may see it.
 */
export const archiveSegment = command({
  name: "archiveSegment",
  action: "segment.change",
  input: SegmentId,
  run: async (ctx, segmentId): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await holdLock(ctx, "segments");
    await assertVisible(ctx, segmentId);
    const segment = await lockSegment(ctx, segmentId);
    if (segment === null) throw new ServiceError("not-found", { key: "segment.not-found" });
    const use = await findSegmentUse(ctx, segmentId);
    if (use !== null) throw new ServiceError("conflict", use);
    await db.segment.updateMany({
      where: { organizationId, id: segmentId },
      data: { archivedAt: now, archivedBy: toStoredActor(actor) },
    });
  },
  audit: (_, segmentId) => ({ segmentId, archived: true }),
});

/** Restores a segment from the archive and queues a refresh. */
export const restoreSegment = command({
  name: "restoreSegment",
  action: "segment.change",
  input: SegmentId,
  run: async (ctx, segmentId): Promise<void> => {
    const { db, organizationId } = ctx;
    await holdLock(ctx, "segments");
    await assertRestorable(ctx, segmentId);
    // The members stored at archiving may no longer be the members now.
    await db.$executeRaw`
      UPDATE segment SET archived_at = NULL, archived_by = NULL, refreshed = NULL, refreshed_with = NULL
      WHERE organization_id = ${organizationId}::uuid AND id = ${segmentId}::uuid`;
    await queueRefresh(ctx, segmentId);
  },
  audit: (_, segmentId) => ({ segmentId, archived: false }),
});

/** Refuses a segment that is not archived, or whose rule names an archived one. */
async function assertRestorable(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  const { db, organizationId } = ctx;
  const row = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: { not: null } },
    include: { versions: { orderBy: { number: "desc" }, take: 1 } },
  });
  const isSeen = row !== null && !(await findHiddenSegments(ctx)).has(segmentId);
  if (!isSeen) throw new ServiceError("not-found", { key: "segment.not-archived" });
  const [latest] = row.versions;
  const named = latest ? findNamedSegments(Rule.parse(latest.rule)) : [];
  await holdSegmentsForRestoring(ctx, named, "segment.rests-on-archived");
}

/** Finds what uses a segment, as a message for the actor. Null if nothing does. */
async function findSegmentUse(
  ctx: TransactionContext,
  segmentId: SegmentId,
): Promise<Message | null> {
  const segments = await loadSegments(ctx);
  const others = [...segments.values()].filter(({ rule }) =>
    findNamedSegments(rule).includes(segmentId),
  );
  if (others.length > 0) {
    const seen = others.find(({ rule }) => maySeeRule(ctx.actor, rule, segments));
    return seen
      ? { key: "segment.named-elsewhere", values: { name: seen.name } }
      : { key: "segment.used-elsewhere" };
  }
  return (await findOfferUse(ctx, segmentId)) ?? findCampaignUse(ctx, segmentId);
}

async function findOfferUse(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
): Promise<Message | null> {
  const offer = await db.$kysely
    .selectFrom("offer")
    .innerJoin("offerVersion", (join) =>
      join
        .onRef("offerVersion.organizationId", "=", "offer.organizationId")
        .onRef("offerVersion.offerId", "=", "offer.id")
        .onRef("offerVersion.number", "=", "offer.version"),
    )
    .select("offer.name")
    .where("offer.organizationId", "=", organizationId)
    .where("offer.archivedAt", "is", null)
    .where("offerVersion.eligibilityId", "=", segmentId)
    .orderBy("offer.name")
    .limit(1)
    .executeTakeFirst();
  return offer ? { key: "segment.used-by-offer", values: { name: offer.name } } : null;
}

/** Finds an active campaign that uses a segment, directly or through its reviewed rules. */
async function findCampaignUse(
  { db, organizationId, actor }: TransactionContext,
  segmentId: SegmentId,
): Promise<Message | null> {
  const reviewedRule = JSON.stringify([{ segment: segmentId }]);
  const campaigns = await db.$kysely
    .selectFrom("campaign")
    .select(["name", "sellerId"])
    .where("organizationId", "=", organizationId)
    .where("state", "<>", "done")
    .where("archivedAt", "is", null)
    .where(
      sql<boolean>`(segment_id = ${segmentId}::uuid OR rule_versions @> ${reviewedRule}::jsonb)`,
    )
    .orderBy("id")
    .execute();
  if (campaigns.length === 0) return null;
  const seen = campaigns.find(({ sellerId }) => canSeeSeller(actor, SellerId.parse(sellerId)));
  return seen
    ? { key: "segment.used-by-campaign", values: { name: seen.name } }
    : { key: "segment.used-elsewhere" };
}

import { SegmentId } from "@ringfence/core/ids";
import {
  type KnownSegment,
  type KnownSegments,
  Rule,
  RuleVersions,
  findChangedSegments,
  listAllNodes,
} from "@ringfence/core/audience/segment";
import {
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  allowSeller,
  canSeeSeller,
  shareLock,
  visibleSellerIds,
} from "../../platform/internal.ts";
import type { Actor } from "@ringfence/core/platform/access";

/** Loads the segments with their current rules, archived ones only on request. */
export async function loadSegments(
  { db, organizationId }: TransactionContext,
  { isArchivedToo = false } = {},
): Promise<Map<SegmentId, KnownSegment & { version: number }>> {
  const rows = await db.$kysely
    .selectFrom("segment")
    .innerJoin("segmentVersion", (join) =>
      join
        .onRef("segmentVersion.organizationId", "=", "segment.organizationId")
        .onRef("segmentVersion.segmentId", "=", "segment.id")
        .onRef("segmentVersion.number", "=", "segment.version"),
    )
    .select(["segment.id", "segment.name", "segment.version", "segmentVersion.rule"])
    .where("segment.organizationId", "=", organizationId)
    .$if(!isArchivedToo, (query) => query.where("segment.archivedAt", "is", null))
    .orderBy("segment.name")
    .execute();
  return new Map(
    rows.map(({ id: text, name, version, rule }) => {
      const id = SegmentId.parse(text);
      return [id, { id, name, version, rule: Rule.parse(rule) }];
    }),
  );
}

/** Loads a segment that is not archived. Throws `not-found` otherwise. */
export async function loadSegment(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
) {
  const row = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: null },
  });
  if (row === null) throw new ServiceError("not-found", { key: "segment.not-found" });
  return row;
}

/** Finds segments, archived ones too, that ask about consents to sellers the actor does not work for. */
export async function findHiddenSegments(ctx: TransactionContext): Promise<Set<string>> {
  if (visibleSellerIds(ctx.actor) === null) return new Set();
  const segments = await loadSegments(ctx, { isArchivedToo: true });
  const others = [...segments.values()].filter(
    ({ rule }) => !maySeeRule(ctx.actor, rule, segments),
  );
  return new Set(others.map(({ id }) => id));
}

/** Rejects a hidden segment as if it did not exist. */
export async function assertVisible(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  if (!(await findHiddenSegments(ctx)).has(segmentId)) return;
  throw new ServiceError("not-found", { key: "segment.not-found" });
}

/** Loads a segment that is not archived. Throws `not-found` otherwise, also for a hidden one. */
export async function loadVisibleSegment(ctx: TransactionContext, segmentId: SegmentId) {
  await assertVisible(ctx, segmentId);
  return loadSegment(ctx, segmentId);
}

/**
 * Throws `forbidden` for rules about consents to sellers that the actor does not work for, also through segments that
 * the rule depends on. Even a count would reveal them.
 */
export function allowRule(ctx: ServiceContext, rule: Rule, segments: KnownSegments) {
  for (const node of listAllNodes(rule, segments)) {
    if (node.is === "consent") allowSeller(ctx, node.seller);
  }
}

/** True if a rule asks only about consents to the actor's own sellers. */
export function maySeeRule(actor: Actor, rule: Rule, segments: KnownSegments): boolean {
  for (const node of listAllNodes(rule, segments)) {
    if (node.is === "consent" && !canSeeSeller(actor, node.seller)) return false;
  }
  return true;
}

/** Locks a segment against changes and refreshes until the transaction ends. Null if it is archived or missing. */
export async function lockSegment(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
) {
  const row = await db.$kysely
    .selectFrom("segment")
    .select(["version", "refreshed", "refreshedAt", "size"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", segmentId)
    .where("archivedAt", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Requires that the actor may see a segment and it is not archived, and keeps others from archiving it until the
 * transaction ends.
 */
export async function holdSegmentForUse(
  ctx: TransactionContext,
  segmentId: SegmentId,
): Promise<void> {
  await shareLock(ctx, "segments");
  await loadVisibleSegment(ctx, segmentId);
}

/**
 * Throws a conflict with the first name by alphabet if one of the segments is archived, and keeps others from
 * archiving them until the transaction ends. `key` is the message, which says what uses the segment.
 */
export async function assertSegmentsInUse(
  ctx: TransactionContext,
  segmentIds: readonly SegmentId[],
  key: "campaign.segment-archived" | "offer.eligibility-archived" | "segment.rests-on-archived",
): Promise<void> {
  const { db, organizationId } = ctx;
  await shareLock(ctx, "segments");
  const archived = await db.segment.findFirst({
    where: { organizationId, id: { in: [...segmentIds] }, archivedAt: { not: null } },
    orderBy: { name: "asc" },
  });
  if (archived === null) return;
  throw new ServiceError("conflict", { key, values: { name: archived.name } });
}

/** True if a segment's members were found by the current rules, its own and those it depends on. */
export function hasCurrentMembers(
  { refreshedWith }: { refreshedWith: unknown },
  segments: Awaited<ReturnType<typeof loadSegments>>,
): boolean {
  const found = RuleVersions.safeParse(refreshedWith).data;
  return found !== undefined && findChangedSegments(found, segments).length === 0;
}

/** Rejects a segment whose members were found by outdated rules. A worker refreshes it. */
export async function assertCurrentMembers(
  ctx: TransactionContext,
  segmentId: SegmentId,
  segments: Awaited<ReturnType<typeof loadSegments>>,
) {
  const row = await loadSegment(ctx, segmentId);
  if (hasCurrentMembers(row, segments)) return;
  throw new ServiceError("conflict", { key: "segment.not-refreshed", values: { name: row.name } });
}

/**
 * Loads the rules of some versions of a segment. Members may come from an older one until everything is
 * refreshed.
 */
export async function loadRuleVersions(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  versions: readonly number[],
): Promise<Rule[]> {
  const rows = await db.segmentVersion.findMany({
    where: { organizationId, segmentId, number: { in: [...versions] } },
  });
  return rows.map(({ rule }) => Rule.parse(rule));
}

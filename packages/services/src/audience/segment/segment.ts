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

/*
 * Shared loaders, locks and checks of segments. An actor who is limited to some sellers neither sees nor writes a rule
 * that asks about consents to another seller, because even a count would reveal them. A segment with such a rule, its own
 * or one that it depends on, is hidden from them. `visible-counts.ts` hides counts by an older version of a rule.
 */

/** Loads the segments with their current rules, with `includesArchived` also the archived ones. */
export async function loadSegments(
  { db, organizationId }: TransactionContext,
  { includesArchived = false } = {},
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
    .$if(!includesArchived, (query) => query.where("segment.archivedAt", "is", null))
    .orderBy("segment.name")
    .execute();
  return new Map(
    rows.map(({ id: text, name, version, rule }) => {
      const id = SegmentId.parse(text);
      return [id, { id, name, version, rule: Rule.parse(rule) }];
    }),
  );
}

/** Loads a segment that is not archived, hidden or not. Throws `not-found` otherwise. */
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

/** Finds the segments, archived ones too, that are hidden from the actor. */
export async function findHiddenSegments(ctx: TransactionContext): Promise<Set<string>> {
  if (visibleSellerIds(ctx.actor) === null) return new Set();
  const segments = await loadSegments(ctx, { includesArchived: true });
  const others = [...segments.values()].filter(
    ({ rule }) => !maySeeRule(ctx.actor, rule, segments),
  );
  return new Set(others.map(({ id }) => id));
}

/** Throws `not-found` for a hidden segment, as if it did not exist. */
export async function assertVisible(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  if (!(await findHiddenSegments(ctx)).has(segmentId)) return;
  throw new ServiceError("not-found", { key: "segment.not-found" });
}

/** Loads a segment that is not archived. Throws `not-found` otherwise, also for a hidden one. */
export async function loadVisibleSegment(ctx: TransactionContext, segmentId: SegmentId) {
  await assertVisible(ctx, segmentId);
  return loadSegment(ctx, segmentId);
}

/** Throws `forbidden` if the actor may not see a rule. `segments` must have all segments that it depends on. */
export function assertMaySeeRule(ctx: ServiceContext, rule: Rule, segments: KnownSegments) {
  for (const node of listAllNodes(rule, segments)) {
    if (node.is === "consent") allowSeller(ctx, node.seller);
  }
}

/** True if a rule, with the segments that it depends on, asks only about consents to the actor's own sellers. */
export function maySeeRule(actor: Actor, rule: Rule, segments: KnownSegments): boolean {
  for (const node of listAllNodes(rule, segments)) {
    if (node.is === "consent" && !canSeeSeller(actor, node.seller)) return false;
  }
  return true;
}

/**
 * Locks a segment for the writer: nobody else changes or refreshes it until the transaction ends. Null if it is archived or
 * missing.
 */
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
 * Keeps a segment from being archived until the transaction ends, so that something can begin to use it. Archiving takes
 * the exclusive lock. Throws `not-found` if the segment is archived or hidden.
 */
export async function holdSegmentForUse(
  ctx: TransactionContext,
  segmentId: SegmentId,
): Promise<void> {
  await shareLock(ctx, "segments");
  await loadVisibleSegment(ctx, segmentId);
}

/**
 * Keeps recorded segments from being archived until the transaction ends, so that what uses them can be restored. Throws a
 * conflict if one is archived, with its name (the first by alphabet). `key` is the message, which says what uses it.
 * Segments are never deleted, so each id exists.
 */
export async function holdSegmentsForRestoring(
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

/**
 * True if a segment's members were found by the current rules: its own and those of the segments that it depends on.
 * `refreshedWith` has the versions of the rules of the last refresh. A segment that was archived since counts as changed.
 */
export function hasCurrentMembers(
  { refreshedWith }: { refreshedWith: unknown },
  segments: Awaited<ReturnType<typeof loadSegments>>,
): boolean {
  const versions = RuleVersions.safeParse(refreshedWith).data;
  return versions !== undefined && findChangedSegments(versions, segments).length === 0;
}

/** Throws a conflict for a segment whose members were found by outdated rules. A worker refreshes it. */
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
 * Loads the rules of some versions of a segment, in no order; a version that does not exist is left out. Members may come
 * from an older version until everything is refreshed.
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

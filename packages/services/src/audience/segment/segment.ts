import { SegmentId } from "@ringfence/core/ids";
import {
  type KnownSegment,
  type KnownSegments,
  Rule,
  RuleVersions,
  changedSince,
  nodesThrough,
} from "@ringfence/core/audience/segment";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { seesSeller, sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { Actor } from "@ringfence/core/platform/access";
import { allowSeller } from "../../platform/access/allow.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";

type Row = { id: string; name: string; version: number; rule: unknown };

/** The segments of an organization, each with its rule in force; without the archived ones unless asked for. */
export async function knownSegmentsOf(
  { db, organizationId }: TransactionContext,
  { isArchivedToo = false } = {},
): Promise<Map<SegmentId, KnownSegment & { version: number }>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT segment.id, segment.name, segment.version, version.rule FROM segment
    JOIN segment_version AS version ON version.organization_id = segment.organization_id
      AND version.segment_id = segment.id AND version.number = segment.version
    WHERE segment.organization_id = ${organizationId}::uuid
      AND (archived_at IS NULL OR ${isArchivedToo})
    ORDER BY name`;
  return new Map(
    rows.map(({ id: text, name, version, rule }) => {
      const id = SegmentId.parse(text);
      return [id, { id, name, version, rule: Rule.parse(rule) }];
    }),
  );
}

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

/** Ids of segments, archived ones too, that ask for consents to a seller for whom the actor does not work. */
export async function segmentsOfOthers(ctx: TransactionContext): Promise<Set<string>> {
  if (sellersSeenBy(ctx.actor) === null) return new Set();
  const segments = await knownSegmentsOf(ctx, { isArchivedToo: true });
  const others = [...segments.values()].filter(({ rule }) => !seesRule(ctx.actor, rule, segments));
  return new Set(others.map(({ id }) => id));
}

/** Refuses a segment of another seller, as if it were not there. */
export async function requireSeen(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  if (!(await segmentsOfOthers(ctx)).has(segmentId)) return;
  throw new ServiceError("not-found", { key: "segment.not-found" });
}

/** The row of a segment that is in use, for whoever names it. One of another seller looks the same as none. */
export async function requireSeenSegment(ctx: TransactionContext, segmentId: SegmentId) {
  await requireSeen(ctx, segmentId);
  return requireSegment(ctx, segmentId);
}

/**
 * Who is limited to some sellers does not learn who agreed to the calls of another: neither how many, nor
 * through a segment that a rule rests on.
 */
export function allowRule(ctx: ServiceContext, rule: Rule, segments: KnownSegments) {
  for (const node of nodesThrough(rule, segments)) {
    if (node.is === "consent") allowSeller(ctx, node.seller);
  }
}

/** True if a rule asks only about consents to the actor's own sellers. */
export function seesRule(actor: Actor, rule: Rule, segments: KnownSegments): boolean {
  for (const node of nodesThrough(rule, segments)) {
    if (node.is === "consent" && !seesSeller(actor, node.seller)) return false;
  }
  return true;
}

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

/** Requires a segment that is about to be used, and keeps others from archiving it meanwhile. */
export async function takeUpSegment(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  await shareLock(ctx, "segments");
  await requireSeenSegment(ctx, segmentId);
}

/** Whether the people of a segment were found by the rules in force: its own, and all that it rests on. */
export function isFound(
  { refreshedWith }: { refreshedWith: unknown },
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>,
): boolean {
  const found = RuleVersions.safeParse(refreshedWith).data;
  return found !== undefined && changedSince(found, segments).length === 0;
}

/**
 * Refuses a segment whose people were found by other rules than those in force: its own, or any that it
 * rests on. They are found anew by a worker.
 */
export async function requireFound(
  ctx: TransactionContext,
  segmentId: SegmentId,
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>,
) {
  const row = await requireSegment(ctx, segmentId);
  if (isFound(row, segments)) return;
  throw new ServiceError("conflict", { key: "segment.not-refreshed", values: { name: row.name } });
}

/** The rules of some versions of a segment: people were found by an older one until all is done anew. */
export async function rulesBehind(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  versions: readonly number[],
): Promise<Rule[]> {
  const rows = await db.segmentVersion.findMany({
    where: { organizationId, segmentId, number: { in: [...versions] } },
  });
  return rows.map(({ rule }) => Rule.parse(rule));
}

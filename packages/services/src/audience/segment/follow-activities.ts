import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  command,
  inTransaction,
  query,
} from "../../platform/internal.ts";
import { SegmentId } from "@ringfence/core/ids";
import { z } from "zod";
import { queueRefresh } from "./refresh.ts";
import {
  BLOCK_PEOPLE,
  type Rule,
  canFollowActivities,
  compileRule,
  listOrdinals,
  updateBlock,
} from "@ringfence/core/audience/segment";
import { saveBlocks } from "./members.ts";
import { loadSegments, lockSegment } from "./segment.ts";
import { type RuleScope, loadScope } from "./sql/scope.ts";
import { type Columns, coversRule, findMatches } from "@ringfence/core/audience/segment/columns";
import { loadTouchedColumns } from "./columns/touched-columns.ts";
import { findMembers } from "./find-members.ts";

/** More are handled in several rounds. */
const TOUCHES_AT_ONCE = 50;

/**
 * Updates segment membership of people with new activities, segment by segment, until none are left. The record
 * of a new activity (`segmentTouch`) is deleted afterwards, so an interrupted run starts again with these people.
 * Returns the number of people.
 */
export const followActivities = command({
  name: "followActivities",
  action: "segment.refresh",
  transaction: "by run",
  run: async (ctx): Promise<{ people: number }> => {
    const { organizationId } = ctx;
    const people = new Set<number>();
    for (;;) {
      const touches = await inTransaction(ctx, ({ db }) =>
        db.segmentTouch.findMany({
          where: { organizationId },
          orderBy: { id: "asc" },
          take: TOUCHES_AT_ONCE,
        }),
      );
      if (touches.length === 0) return { people: people.size };
      const ordinals = [...new Set(touches.flatMap(({ ordinals }) => ordinals))];
      const segments = await inTransaction(ctx, ({ db }) =>
        db.segment.findMany({ where: { organizationId, archivedAt: null }, select: { id: true } }),
      );
      const touched = await loadTouchedInTime(ctx, ordinals);
      for (const { id } of segments) await followInSegment(ctx, SegmentId.parse(id), touched);
      await inTransaction(ctx, ({ db }) =>
        db.segmentTouch.deleteMany({
          where: { organizationId, id: { in: touches.map(({ id }) => id) } },
        }),
      );
      for (const ordinal of ordinals) people.add(ordinal);
    }
  },
  audit: "none",
});

/** Updates one segment. If the update is refused, such as for taking too long, it queues a full refresh instead. */
async function followInSegment(ctx: RootContext, segmentId: SegmentId, touched: TouchedPeople) {
  try {
    await updateMembership(ctx, { segmentId, touched });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    await inTransaction(ctx, (ctx) => queueRefresh(ctx, segmentId));
  }
}

const Ordinals = z.array(z.int()).readonly();

/** People with new activities, and their facts, read once for all segments. */
const TouchedPeople = z.object({
  ordinals: Ordinals,
  /** Time up to which activities are in the columns. Null without columns. */
  at: z.date().nullable(),
  columns: z.custom<Columns>((value) => typeof value === "object" && value !== null).nullable(),
  /** People whose columns are incomplete. SQL answers for them. */
  incomplete: Ordinals,
});
export type TouchedPeople = z.infer<typeof TouchedPeople>;

const UpdateMembership = z.object({ segmentId: SegmentId, touched: TouchedPeople });

/**
 * Updates the membership of some people in one segment. Null if that cannot work: the rule cannot follow activities
 * (`canFollowActivities`), or the segment is archived or was not refreshed since its rule changed.
 */
export const updateMembership = command({
  name: "updateMembership",
  action: "segment.refresh",
  input: UpdateMembership,
  transaction: "analysis",
  run: async (ctx, { segmentId, touched }): Promise<{ size: number } | null> => {
    const { db, organizationId, now } = ctx;
    const row = await lockSegment(ctx, segmentId);
    const segments = await loadSegments(ctx);
    const rule = segments.get(segmentId)?.rule;
    if (row === null || rule === undefined || row.refreshed !== row.version) return null;
    if (!canFollowActivities(rule, segments)) return null;

    const scope = await loadScope(ctx, segments);
    // A full refresh that ran after these columns were loaded must not be undone by older data.
    const isOld = touched.at !== null && row.refreshedAt !== null && touched.at < row.refreshedAt;
    const usable = isOld ? byDatabase(touched.ordinals) : touched;
    const members = new Set(await findTouchedMembers(ctx, scope, rule, usable));
    const grown = await updateBlocks(ctx, segmentId, touched.ordinals, members);
    const size = (row.size ?? 0) + grown;
    await db.segment.updateMany({
      where: { organizationId, id: segmentId },
      data: { size, followedAt: usable.at ?? now },
    });
    return { size };
  },
  audit: "none",
});

/** Updates the stored bits. Returns by how many members the segment grew, negative if it shrank. */
async function updateBlocks(
  ctx: TransactionContext,
  segmentId: SegmentId,
  ordinals: readonly number[],
  members: ReadonlySet<number>,
): Promise<number> {
  const { db, organizationId } = ctx;
  const touched = Map.groupBy(ordinals, (ordinal) => Math.floor(ordinal / BLOCK_PEOPLE));
  const kept = await db.segmentBlock.findMany({
    where: { organizationId, segmentId, block: { in: [...touched.keys()] } },
  });
  const bitsByBlock = new Map(kept.map(({ block, bits }) => [block, bits]));
  let grown = 0;
  const changed = new Map<number, Uint8Array>();
  for (const [block, people] of touched) {
    const before = bitsByBlock.get(block) ?? new Uint8Array(BLOCK_PEOPLE / 8);
    const after = updateBlock(before, people, (ordinal) => members.has(ordinal));
    if (isSame(before, after)) continue;
    grown += countBlock(block, after) - countBlock(block, before);
    changed.set(block, after);
  }
  await saveBlocks(ctx, segmentId, changed);
  return grown;
}

const isSame = (one: Uint8Array, other: Uint8Array) =>
  one.every((byte, index) => byte === other[index]);

const countBlock = (block: number, bits: Uint8Array) => [...listOrdinals(block, bits)].length;

/** Returns these people without columns, so that SQL answers for all of them. */
export const byDatabase = (ordinals: readonly number[]): TouchedPeople => ({
  ordinals,
  at: null,
  columns: null,
  incomplete: ordinals,
});

/** Loads the columns of people with new activities, up to date; without columns if this process holds none. */
export const loadTouchedPeople = query({
  name: "loadTouchedPeople",
  action: "segment.refresh",
  input: Ordinals,
  transaction: "analysis",
  run: async (ctx, ordinals): Promise<TouchedPeople> => {
    const found = await loadTouchedColumns(ctx, ordinals);
    return found === null ? byDatabase(ordinals) : { ordinals, at: ctx.now, ...found };
  },
  audit: "none",
});

/** Loads people with new activities, or leaves them to the database if that takes too long. */
async function loadTouchedInTime(ctx: RootContext, ordinals: readonly number[]) {
  try {
    return await loadTouchedPeople(ctx, ordinals);
  } catch (error) {
    if (error instanceof ServiceError) return byDatabase(ordinals);
    throw error;
  }
}

/** Finds the members among people with new activities, for a rule without rankings. */
const findTouchedMembers = async (
  ctx: TransactionContext,
  scope: RuleScope,
  rule: Rule,
  { ordinals, columns, incomplete }: TouchedPeople,
): Promise<number[]> => {
  const compiled = compileRule(rule, scope.segments);
  if (columns === null || !coversRule(columns, compiled)) {
    return findMembers(ctx, { ...scope, among: ordinals }, rule);
  }
  const mask = findMatches(columns, compiled, {
    now: scope.now,
    zone: scope.home,
    changed: new Uint8Array(columns.ordinals.length),
    changedRankValues: () => [],
  });
  const found = [...columns.ordinals].filter((_, person) => mask[person] === 1);
  if (incomplete.length === 0) return found;
  return [...found, ...(await findMembers(ctx, { ...scope, among: incomplete }, rule))];
};

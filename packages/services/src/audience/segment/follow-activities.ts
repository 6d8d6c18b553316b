import { command } from "../../platform/verb.ts";
import { SegmentId } from "@ringfence/core/ids";
import {
  type RootContext,
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { askForRefresh } from "./refresh.ts";
import {
  BLOCK_PEOPLE,
  type Rule,
  followsActivities,
  ordinalsIn,
  withMembers,
} from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import { inAnalysis } from "./in-analysis.ts";
import { keepBlocks } from "./members.ts";
import { knownSegmentsOf, lockSegment } from "./segment.ts";
import { type Scope, scopeOf } from "./sql/scope.ts";
import { type Columns, findInColumns, isInColumns } from "@ringfence/core/audience/segment/columns";
import { touchedColumns } from "./columns/touched-columns.ts";
import { findMembers } from "./find-members.ts";

/** More people at once are asked about in several turns. */
const TOUCHES_AT_ONCE = 50;

/**
 * Asks again whether people of whom activities came are in the segments of an organization, each segment
 * by itself; whatever ends it in between, they are asked about again. Tells how many people that were.
 */
export const followActivities = command({
  name: "followActivities",
  action: "segment.refresh",
  transaction: "by run",
  run: async (ctx): Promise<{ people: number }> => {
    const { db, organizationId } = ctx;
    const people = new Set<number>();
    for (;;) {
      const touches = await db.prisma.segmentTouch.findMany({
        where: { organizationId },
        orderBy: { id: "asc" },
        take: TOUCHES_AT_ONCE,
      });
      if (touches.length === 0) return { people: people.size };
      const ordinals = [...new Set(touches.flatMap(({ ordinals }) => ordinals))];
      const segments = await db.prisma.segment.findMany({
        where: { organizationId, archivedAt: null },
        select: { id: true },
      });
      const touched = await readTouched(ctx, ordinals);
      for (const { id } of segments) await followWith(ctx, SegmentId.parse(id), touched);
      await db.prisma.segmentTouch.deleteMany({
        where: { organizationId, id: { in: touches.map(({ id }) => id) } },
      });
      for (const ordinal of ordinals) people.add(ordinal);
    }
  },
  audit: "by run",
});

/** A segment that takes too long holds up no other: it is refreshed as a whole, when its turn comes. */
async function followWith(ctx: RootContext, segmentId: SegmentId, touched: Touched) {
  try {
    await refreshTouched(ctx, segmentId, touched);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    await inTransaction(ctx, (ctx) => askForRefresh(ctx, segmentId));
  }
}

/**
 * Asks of some people alone whether they are in a segment, and keeps what has changed. Null where that
 * does not do: of a rule that does not follow activities, or whose people are still to be found.
 */
export async function refreshTouched(
  ctx: ServiceContext,
  segmentId: SegmentId,
  touched: Touched,
): Promise<{ size: number } | null> {
  allow(ctx, "segment.refresh");

  return inAnalysis(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const row = await lockSegment(ctx, segmentId);
    const segments = await knownSegmentsOf(ctx);
    const rule = segments.get(segmentId)?.rule;
    if (row === null || rule === undefined || row.refreshed !== row.version) return null;
    if (!followsActivities(rule, segments)) return null;

    const scope = await scopeOf(ctx, segments);
    // What was found of everybody later than they were read is not undone.
    const isOld = touched.at !== null && row.refreshedAt !== null && touched.at < row.refreshedAt;
    const known = isOld ? byDatabase(touched.ordinals) : touched;
    const members = new Set(await touchedMembers(ctx, scope, rule, known));
    const grown = await changeBlocks(ctx, segmentId, touched.ordinals, members);
    const size = (row.size ?? 0) + grown;
    await db.segment.updateMany({
      where: { organizationId, id: segmentId },
      data: { size, followedAt: known.at ?? now },
    });
    return { size };
  });
}

/** Keeps whether these people are members; tells by how many there are more now. */
async function changeBlocks(
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
  const bitsOf = new Map(kept.map(({ block, bits }) => [block, bits]));
  let grown = 0;
  const changed = new Map<number, Uint8Array>();
  for (const [block, people] of touched) {
    const before = bitsOf.get(block) ?? new Uint8Array(BLOCK_PEOPLE / 8);
    const after = withMembers(before, people, (ordinal) => members.has(ordinal));
    if (isSame(before, after)) continue;
    grown += countIn(block, after) - countIn(block, before);
    changed.set(block, after);
  }
  await keepBlocks(ctx, segmentId, changed);
  return grown;
}

const isSame = (one: Uint8Array, other: Uint8Array) =>
  one.every((byte, index) => byte === other[index]);

const countIn = (block: number, bits: Uint8Array) => [...ordinalsIn(block, bits)].length;

/** People of whom activities came, and what is known of them, read once for all segments. */
export type Touched = {
  ordinals: readonly number[];
  /** As of when, or later, columns tell of them; null where none do. */
  at: Date | null;
  columns: Columns | null;
  /** Of whom columns do not tell everything: the database is asked about them. */
  others: readonly number[];
};

/** The database is asked about all of them. */
export const byDatabase = (ordinals: readonly number[]): Touched => ({
  ordinals,
  at: null,
  columns: null,
  others: ordinals,
});

/** What this process knows of people of whom activities came, as of now. */
export async function readTouched(
  ctx: ServiceContext,
  ordinals: readonly number[],
): Promise<Touched> {
  allow(ctx, "segment.refresh");

  const read = async (ctx: TransactionContext): Promise<Touched> => {
    const found = await touchedColumns(ctx, ordinals);
    return found === null ? byDatabase(ordinals) : { ordinals, at: ctx.now, ...found };
  };
  try {
    return await inAnalysis(ctx, read);
  } catch (error) {
    // To read them took too long: that keeps no segment from being asked about.
    if (error instanceof ServiceError) return byDatabase(ordinals);
    throw error;
  }
}

/** Of people of whom activities came, those whom a rule means that ranks nobody. */
const touchedMembers = async (
  ctx: TransactionContext,
  scope: Scope,
  rule: Rule,
  { ordinals, columns, others }: Touched,
): Promise<number[]> => {
  if (columns === null || !isInColumns(columns, rule, scope.segments)) {
    return findMembers(ctx, { ...scope, among: ordinals }, rule);
  }
  const mask = findInColumns(columns, rule, {
    now: scope.now,
    zone: scope.home,
    segments: scope.segments,
    changed: new Uint8Array(columns.ordinals.length),
    worthsOfChanged: () => [],
  });
  const found = [...columns.ordinals].filter((_, place) => mask[place] === 1);
  if (others.length === 0) return found;
  return [...found, ...(await findMembers(ctx, { ...scope, among: others }, rule))];
};

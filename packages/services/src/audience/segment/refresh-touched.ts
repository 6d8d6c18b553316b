import type { SegmentId } from "@ringfence/core/ids";
import {
  BLOCK_PEOPLE,
  followsActivities,
  ordinalsIn,
  withMembers,
} from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { inAnalysis } from "./in-analysis.ts";
import { keepBlocks } from "./keep-blocks.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";
import { lockSegment } from "./lock-segment.ts";
import { byDatabase, type Touched } from "./read-touched.ts";
import { scopeOf } from "./scope.ts";
import { touchedMembers } from "./touched-members.ts";

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

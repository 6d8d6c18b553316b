import { command } from "../../platform/verb.ts";
import { SegmentId } from "@ringfence/core/ids";
import type { RootContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { inTransaction } from "../../platform/context.ts";
import { askForRefresh } from "./ask-for-refresh.ts";
import { readTouched, type Touched } from "./read-touched.ts";
import { refreshTouched } from "./refresh-touched.ts";

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

import { query } from "../../platform/verb.ts";
import { z } from "zod";
import { SegmentId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { PlaceCounts, Rule, tellRule } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { seesRule } from "./allow-rule.ts";
import { callOf } from "./call-of.ts";
import { isFound } from "./is-found.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";

/** How many of the last sizes are shown as its trend. */
const SIZES_SHOWN = 30;

/**
 * The segments of an organization by name: what each asks, how large it was when, and who of it may be called.
 * Those that ask for consents to sellers for whom the actor does not work are left out.
 */
export const listSegments = query({
  name: "listSegments",
  action: "segment.read",
  input: z.custom<{ locale: Locale }>(),
  run: async (ctx, { locale }) => {
    const { db, organizationId } = ctx;
    const names = {
      segments: await knownSegmentsOf(ctx),
      sellers: await sellersOf(ctx),
      purposes: await purposesOf(ctx),
    };
    const call = await usualCallOf(ctx, names);
    const rows = await db.segment.findMany({
      where: { organizationId, archivedAt: null },
      orderBy: { name: "asc" },
      include: { waterfalls: { where: call } },
    });
    const items = [];
    for (const row of rows) {
      const id = SegmentId.parse(row.id);
      const rule = names.segments.get(id)?.rule ?? Rule.parse({ is: "any", of: [] });
      if (!seesRule(ctx.actor, rule, names.segments)) continue;
      const sizes = await db.segmentSize.findMany({
        where: { organizationId, segmentId: id },
        select: { at: true, size: true },
        orderBy: { at: "desc" },
        take: SIZES_SHOWN,
      });
      items.push({
        id,
        name: row.name,
        version: row.version,
        sentence: tellRule(locale, rule, names),
        size: row.size,
        refreshedAt: row.refreshedAt,
        /** Until when activities that came since are accounted for. */
        followedAt: row.followedAt,
        /** Whether the size is that of the rules in force: its own, and all that it rests on. */
        isCurrent: isFound(row, names.segments),
        sizes: sizes.toReversed(),
        callable: callableIn(row.waterfalls),
      });
    }
    return items;
  },
  audit: "by run",
});

/** The calls that are screened for where nobody names any; where there are none, no waterfall is of them. */
async function usualCallOf(
  ctx: TransactionContext,
  { sellers, purposes }: { sellers: readonly unknown[]; purposes: readonly unknown[] },
) {
  if (sellers.length === 0 || purposes.length === 0) return { purpose: { in: [] } };
  const { seller, purpose } = await callOf(ctx, {});
  return { sellerId: seller.id, purpose };
}

/** How many could be called when they were screened the last time. */
function callableIn([waterfall]: readonly { at: Date; counts: unknown }[]) {
  if (waterfall === undefined) return null;
  return { at: waterfall.at, count: PlaceCounts.parse(waterfall.counts).callable };
}

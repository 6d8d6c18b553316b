import { SegmentId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/message";
import { Rule, tellRule } from "@ringfence/core/segment";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { purposesOf } from "../purpose/purposes-of.ts";
import { sellersOf } from "../seller/sellers-of.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";

/** How many of the last sizes are shown as its trend. */
const SIZES_SHOWN = 30;

/** The segments of an organization by name: what each asks, how large it was when, and how that grew. */
export async function listSegments(ctx: ServiceContext, { locale }: { locale: Locale }) {
  allow(ctx, "segment.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const names = {
      segments: await knownSegmentsOf(ctx),
      sellers: await sellersOf(ctx),
      purposes: await purposesOf(ctx),
    };
    const rows = await db.segment.findMany({
      where: { organizationId, archivedAt: null },
      orderBy: { name: "asc" },
    });
    const items = [];
    for (const row of rows) {
      const id = SegmentId.parse(row.id);
      const sizes = await db.segmentSize.findMany({
        where: { organizationId, segmentId: id },
        select: { at: true, size: true },
        orderBy: { at: "desc" },
        take: SIZES_SHOWN,
      });
      const rule = names.segments.get(id)?.rule ?? Rule.parse({ is: "any", of: [] });
      items.push({
        id,
        name: row.name,
        version: row.version,
        sentence: tellRule(locale, rule, names),
        size: row.size,
        refreshedAt: row.refreshedAt,
        /** Whether the size is that of the rule as it is now. */
        isCurrent: row.refreshed === row.version,
        sizes: sizes.toReversed(),
      });
    }
    return items;
  });
}

import { query } from "../../platform/verb.ts";
import { ListPeople } from "@ringfence/core/audience/segment";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { allowRule } from "./allow-rule.ts";
import { callOf } from "./call-of.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";
import { peopleOfBlocks } from "./people-of-blocks.ts";
import { peopleShown } from "./people-shown.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";
import { rulesBehind } from "./rules-behind.ts";
import { profiled, withoutRefusers } from "./without-refusers.ts";

/**
 * Who ended at a place when a segment was screened the last time, page after page. Of one that is by
 * behavior, and of those held back by their score, without who has refused profiling since: such a page may be short, or empty before others.
 */
export const listPeople = query({
  name: "listPeople",
  action: "segment.read",
  input: ListPeople,
  run: async (ctx, { segmentId, place, after = 0, limit, ...named }) => {
    const { version } = await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    const call = { sellerId: seller.id, purpose };
    const screened = await ctx.db.segmentWaterfall.findFirst({
      where: { organizationId: ctx.organizationId, segmentId, ...call },
    });
    const rules = await rulesBehind(ctx, segmentId, [version, screened?.version ?? version]);
    const segments = await knownSegmentsOf(ctx);
    for (const rule of rules) allowRule(ctx, rule, segments);

    const which = { segmentId, ...call, place };
    const found = await peopleOfBlocks(ctx, which, { after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const page =
      place === "relevance"
        ? await profiled(ctx, shown)
        : await withoutRefusers(ctx, rules, segments, shown);
    const items = await peopleShown(ctx, page);
    if (items.length > 0) {
      await appendAudit(ctx, "segment.read", { segmentId, place, listed: items.length });
    }
    return { items, next: found.length > limit ? (found[limit - 1] ?? null) : null };
  },
  audit: "by run",
});

import { query } from "../../platform/verb.ts";
import { BLOCK_PEOPLE, ListPeople, type Place, ordinalsIn } from "@ringfence/core/audience/segment";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { allowRule, knownSegmentsOf, requireSeenSegment, rulesBehind } from "./segment.ts";
import { callOf } from "./screen-people.ts";
import { peopleShown, profiled, withoutRefusers } from "./members.ts";
import type { SegmentId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";

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

type Ended = { segmentId: SegmentId; sellerId: string; purpose: PurposeKey; place: Place };

/** Of 8 KiB each: where people are few, a page is spread over many. */
const BLOCKS_AT_ONCE = 16;

/** The first so many people of a segment behind an ordinal who ended at a place. */
export async function peopleOfBlocks(
  { db, organizationId }: TransactionContext,
  ended: Ended,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const people: number[] = [];
  for (let from = Math.floor((after + 1) / BLOCK_PEOPLE); people.length < limit;) {
    const blocks = await db.segmentPlace.findMany({
      where: { organizationId, ...ended, block: { gte: from } },
      orderBy: { block: "asc" },
      take: BLOCKS_AT_ONCE,
    });
    for (const { block, bits } of blocks) {
      for (const ordinal of ordinalsIn(block, bits)) if (ordinal > after) people.push(ordinal);
      if (people.length >= limit) break;
      from = block + 1;
    }
    if (blocks.length < BLOCKS_AT_ONCE) break;
  }
  return people.slice(0, limit);
}

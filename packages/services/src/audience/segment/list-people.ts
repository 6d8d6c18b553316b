import { type TransactionContext, query } from "../../platform/internal.ts";
import {
  BLOCK_PEOPLE,
  ListPeople,
  type EndStep,
  listOrdinals,
} from "@ringfence/core/audience/segment";
import { loadSegments, loadVisibleSegment, loadRuleVersions } from "./segment.ts";
import { assertMaySeeScreening } from "./visible-counts.ts";
import { resolveCall } from "./screen-people.ts";
import { withoutProfilingRefusers } from "../relevance/internal.ts";
import { loadPersonViews, withoutBarredPeople } from "./members.ts";
import type { SegmentId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";

/**
 * Lists the people who ended at a step at the last screening. Leaves out those who have opted out of
 * profiling since, if a rule uses behavior or the step is relevance; so a page may be short or empty although
 * more follow.
 */
export const listPeople = query({
  name: "listPeople",
  action: "segment.read",
  input: ListPeople,
  run: async (ctx, { segmentId, place, after = 0, limit, ...named }) => {
    const segment = await loadVisibleSegment(ctx, segmentId);
    const { version } = segment;
    const { seller, purpose } = await resolveCall(ctx, named);
    const call = { sellerId: seller.id, purpose };
    const screened = await ctx.db.segmentWaterfall.findFirst({
      where: { organizationId: ctx.organizationId, segmentId, ...call },
    });
    if (screened !== null) await assertMaySeeScreening(ctx, segment, screened);
    const rules = await loadRuleVersions(ctx, segmentId, [version, screened?.version ?? version]);
    // The rule of the screening may depend on a segment that was archived since.
    const segments = await loadSegments(ctx, { includesArchived: true });

    const which = { segmentId, ...call, place };
    const found = await loadPeopleAtStep(ctx, which, { after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const page =
      place === "relevance"
        ? await withoutProfilingRefusers(ctx, shown)
        : await withoutBarredPeople(ctx, rules, segments, shown);
    const items = await loadPersonViews(ctx, page);
    return { items, next: found.length > limit ? (found[limit - 1] ?? null) : null };
  },
  audit: ({ items }, { segmentId, place }) =>
    items.length > 0 ? { segmentId, place, listed: items.length } : null,
});

type StepOfCall = { segmentId: SegmentId; sellerId: string; purpose: PurposeKey; place: EndStep };

/** Each is 8 KiB. If few people of a block ended at the step, a page needs many blocks. */
const BLOCKS_AT_ONCE = 16;

/** Loads the next people after an ordinal who ended at a step. The caller checks who may see them. */
export async function loadPeopleAtStep(
  { db, organizationId }: TransactionContext,
  ended: StepOfCall,
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
      for (const ordinal of listOrdinals(block, bits)) if (ordinal > after) people.push(ordinal);
      if (people.length >= limit) break;
      from = block + 1;
    }
    if (blocks.length < BLOCKS_AT_ONCE) break;
  }
  return people.slice(0, limit);
}

import type { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, ordinalsIn, type Place } from "@ringfence/core/audience/segment";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";

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

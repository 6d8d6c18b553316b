import type { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, ordinalsIn, type Place } from "@ringfence/core/segment";
import type { PurposeKey } from "@ringfence/core/purpose";
import type { TransactionContext } from "../context.ts";

type Block = { block: number; bits: Uint8Array };

/** The first so many people behind an ordinal, of the whole segment or of those who ended at a place. */
export async function peopleOfBlocks(
  { db, organizationId }: TransactionContext,
  which: { segmentId: SegmentId; ended?: { sellerId: string; purpose: PurposeKey; place: Place } },
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const { segmentId, ended } = which;
  const where = { organizationId, segmentId };
  const people: number[] = [];
  for (let block = Math.floor((after + 1) / BLOCK_PEOPLE); people.length < limit; block++) {
    const page = { orderBy: { block: "asc" }, take: 1 } as const;
    const from = { block: { gte: block } };
    const [next]: Block[] = ended
      ? await db.segmentPlace.findMany({ where: { ...where, ...ended, ...from }, ...page })
      : await db.segmentBlock.findMany({ where: { ...where, ...from }, ...page });
    if (next === undefined) break;
    for (const ordinal of ordinalsIn(next.block, next.bits)) {
      if (ordinal > after && people.length < limit) people.push(ordinal);
    }
    block = next.block;
  }
  return people;
}

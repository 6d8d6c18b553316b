import type { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, ordinalsIn } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";

/** Of 8 KiB each: a page looks at a million people at most, however few of them are members. */
const BLOCKS_AT_ONCE = 16;

/**
 * The next members of a segment behind an ordinal who are in another too, where one is named; and behind
 * whom to go on, null after the last. What it costs does not grow with the segment.
 */
export async function membersAfter(
  { db, organizationId }: TransactionContext,
  { segmentId, within }: { segmentId: SegmentId; within: SegmentId | null },
  { after, limit }: { after: number; limit: number },
): Promise<{ people: number[]; next: number | null }> {
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId, block: { gte: Math.floor((after + 1) / BLOCK_PEOPLE) } },
    orderBy: { block: "asc" },
    take: BLOCKS_AT_ONCE,
  });
  const others =
    within === null
      ? []
      : await db.segmentBlock.findMany({
          where: {
            organizationId,
            segmentId: within,
            block: { in: blocks.map(({ block }) => block) },
          },
        });
  const bitsWithin = new Map(others.map(({ block, bits }) => [block, bits]));
  const people: number[] = [];
  for (const { block, bits } of blocks) {
    const both = within === null ? bits : common(bits, bitsWithin.get(block));
    for (const ordinal of ordinalsIn(block, both)) {
      if (ordinal <= after) continue;
      if (people.length === limit) return { people, next: people.at(-1) ?? null };
      people.push(ordinal);
    }
  }
  const last = blocks.length < BLOCKS_AT_ONCE ? undefined : blocks.at(-1)?.block;
  return { people, next: last === undefined ? null : (last + 1) * BLOCK_PEOPLE - 1 };
}

const common = (bits: Uint8Array, others: Uint8Array | undefined) =>
  bits.map((byte, index) => byte & (others?.[index] ?? 0));

import { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, blocksOf } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScreenedSegment } from "../../../testing/waterfall-scene.ts";
import { inTransaction } from "../../platform/context.ts";
import { peopleOfBlocks } from "./people-of-blocks.ts";

it("goes on through all blocks, however few people each holds, and however often it is left off", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const segmentId = SegmentId.parse((await aScreenedSegment(ctx)).id);
  const seller = await db.prisma.seller.findFirstOrThrow({ where: { organizationId } });
  const ended = {
    segmentId,
    sellerId: seller.id,
    purpose: "marketing",
    place: "suppressions",
  } as const;
  // The last of a block, and the first of one: 40 blocks, with gaps between.
  const people = Array.from({ length: 80 }, (_, n) =>
    n % 2 === 0 ? (n + 1) * BLOCK_PEOPLE - 1 : (n + 1) * BLOCK_PEOPLE,
  );
  await db.prisma.segmentPlace.createMany({
    data: [...blocksOf(people)].map(([block, bits]) => ({
      organizationId,
      ...ended,
      block,
      bits: Uint8Array.from(bits),
    })),
  });
  const page = (after: number, limit: number) =>
    inTransaction(ctx, (ctx) => peopleOfBlocks(ctx, ended, { after, limit }));
  expect(await page(0, 1_000)).toEqual(people);
  expect(await page(0, 33)).toEqual(people.slice(0, 33));
  for (const left of [1, 2, 33]) {
    expect(await page(people[left - 1] ?? 0, 20)).toEqual(people.slice(left, left + 20));
  }
  expect(await page(people.at(-1) ?? 0, 20)).toEqual([]);
});

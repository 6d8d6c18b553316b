import type { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, toBlocks } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aContext } from "../../../testing/scenes.ts";
import { everybody } from "../../../testing/waterfall-scene.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { saveBlocks, loadMembersAfter, filterMembers } from "./members.ts";
import { saveSegment } from "./save.ts";

async function aSegmentWith(ctx: RootContext, name: string, members: readonly number[]) {
  const { id } = await saveSegment(ctx, { name, rule: everybody });
  await inTransaction(ctx, (ctx) => saveBlocks(ctx, id, toBlocks(members)));
  return id;
}

/** All pages, one after the other. */
async function walk(ctx: RootContext, segmentId: SegmentId, within: SegmentId | null, limit = 2) {
  const pages: number[][] = [];
  const read = (after: number) =>
    inTransaction(ctx, (ctx) => loadMembersAfter(ctx, { segmentId, within }, { after, limit }));
  let page = await read(0);
  while (page.next !== null) {
    pages.push(page.people);
    page = await read(page.next);
  }
  return [...pages, page.people];
}

const far = 17 * BLOCK_PEOPLE;

it("pages through the members of a segment across blocks, each once", async () => {
  const ctx = await aContext();
  const members = [1, 7, BLOCK_PEOPLE - 1, BLOCK_PEOPLE, 3 * BLOCK_PEOPLE + 5];
  const segmentId = await aSegmentWith(ctx, "Some", members);
  expect(await walk(ctx, segmentId, null)).toEqual([
    [1, 7],
    [BLOCK_PEOPLE - 1, BLOCK_PEOPLE],
    [3 * BLOCK_PEOPLE + 5],
  ]);
  expect(await walk(ctx, segmentId, null, 5)).toEqual([members]);
});

it("returns only members of both segments, and reads a limited number of blocks at once", async () => {
  const ctx = await aContext();
  const all = Array.from({ length: 18 }, (_, block) => block * BLOCK_PEOPLE + 3);
  const segmentId = await aSegmentWith(ctx, "Wide", all);
  const within = await aSegmentWith(ctx, "Few", [1, 3, far + 3]);
  expect(await walk(ctx, segmentId, within)).toEqual([[3], [far + 3]]);
  expect(
    await inTransaction(ctx, (ctx) => filterMembers(ctx, within, [1, 2, 3, far, far + 3])),
  ).toEqual([1, 3, far + 3]);
  const other = await aContext();
  expect(await walk(other, segmentId, null)).toEqual([[]]);
});

import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { refuseProfiling } from "../../../testing/phones.ts";
import { asRefresher, buyers, twoSellers } from "../../../testing/segment-scene.ts";
import {
  aScreenedSegment,
  asScreener,
  everybody,
  sixPeople,
} from "../../../testing/waterfall-scene.ts";
import { archiveSegment } from "./archive.ts";
import { listPeople, loadPeopleAtStep } from "./list-people.ts";
import { refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";
import { screenSegment } from "./waterfall.ts";
import { SegmentId } from "@ringfence/core/ids";
import { BLOCK_PEOPLE, toBlocks } from "@ringfence/core/audience/segment";
import { inTransaction } from "../../platform/context.ts";

it("lists the people of a step page by page, and audits who looked", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx);
  const page = { segmentId, place: "callable" as const, limit: 1 };
  const first = await listPeople(ctx, page);
  expect(first.items.map(({ name }) => name)).toEqual(["ada"]);
  const second = await listPeople(ctx, { ...page, after: first.next ?? 0 });
  expect(second.items.map(({ name }) => name)).toEqual(["bo"]);
  expect(second.next).toBeNull();

  const refused = await listPeople(ctx, { segmentId, place: "refusals", limit: 50 });
  expect(refused.items.map(({ name }) => name)).toEqual(["di"]);
  const told = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "segment.read" },
    orderBy: { id: "asc" },
  });
  expect(told.map(({ details }) => details)).toEqual(
    ["callable", "callable", "refusals"].map((place) => ({ segmentId, place, listed: 1 })),
  );
});

it("masks numbers for a marketer, and shows them to an officer", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const page = { segmentId, place: "callable" as const, limit: 1 };
  const numberSeen = async (by: typeof ctx) =>
    (await listPeople(by, page)).items[0]?.phones[0]?.number;
  expect(await numberSeen(ctx)).toBe(ada.phone);
  expect(await numberSeen(as(ctx, "marketer"))).toBe(`+12•••••••${ada.phone.slice(-2)}`);
});

it("refuses agents, and lists nobody of another organization", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const page = { segmentId, place: "callable" as const, limit: 50 };
  await expect(listPeople(as(ctx, "agent"), page)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listPeople(await aContext(), page)).rejects.toMatchObject({ code: "not-found" });
});

it("leaves out people who opted out of profiling since, even if the rule no longer uses behavior", async () => {
  const { ctx, ada } = await sixPeople();
  const segment = await aScreenedSegment(ctx, { is: "none", of: [buyers] });
  const page = { segmentId: segment.id, place: "callable" as const };
  const names = async () =>
    (await listPeople(ctx, { ...page, limit: 50 })).items.map(({ name }) => name);
  expect(await names()).toEqual(["ada", "bo"]);
  await refuseProfiling(ctx, ada.phoneId);
  expect(await names()).toEqual(["bo"]);
  const first = await listPeople(ctx, { ...page, limit: 1 });
  expect(first.items).toEqual([]);
  const second = await listPeople(ctx, { ...page, limit: 1, after: first.next ?? 0 });
  expect(second.items.map(({ name }) => name)).toEqual(["bo"]);

  await saveSegment(ctx, { segment, name: "All", rule: everybody });
  expect(await names()).toEqual(["bo"]);
  await refreshSegment(asRefresher(ctx), segment.id);
  await screenSegment(asScreener(ctx), { segmentId: segment.id });
  expect(await names()).toEqual(["ada", "bo"]);
});

it("lists nobody by consent to a seller that is not the member's", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const segment = await aScreenedSegment(ctx, { is: "any", of: [theirs, mine] });
  const page = { segmentId: segment.id, place: "callable" as const, limit: 50 };
  await expect(listPeople(marketer, page)).rejects.toMatchObject({ code: "not-found" });
  // The rule at the time of the screening counts too.
  await saveSegment(ctx, { segment, name: "All", rule: mine });
  await expect(listPeople(marketer, page)).rejects.toMatchObject({ code: "forbidden" });
  const { id: own } = await saveSegment(ctx, { name: "Mine", rule: mine });
  expect(await listPeople(marketer, { ...page, segmentId: own })).toEqual({
    items: [],
    next: null,
  });
});

it("lists nobody by such a consent in a segment that was archived since the screening", async () => {
  const { ctx } = await sixPeople();
  const { theirs, marketer } = await twoSellers(ctx);
  const named = await saveSegment(ctx, { name: "Theirs", rule: theirs });
  const segment = await aScreenedSegment(ctx, { is: "segment", segment: named.id });
  await saveSegment(ctx, { segment, name: "All", rule: everybody });
  await archiveSegment(ctx, named.id);
  const page = { segmentId: segment.id, place: "callable" as const, limit: 50 };
  await expect(listPeople(marketer, page)).rejects.toMatchObject({ code: "forbidden" });
});

it("continues through all blocks, however few people each holds and however often it stops", async () => {
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
    data: [...toBlocks(people)].map(([block, bits]) => ({
      organizationId,
      ...ended,
      block,
      bits: Uint8Array.from(bits),
    })),
  });
  const page = (after: number, limit: number) =>
    inTransaction(ctx, (ctx) => loadPeopleAtStep(ctx, ended, { after, limit }));
  expect(await page(0, 1_000)).toEqual(people);
  expect(await page(0, 33)).toEqual(people.slice(0, 33));
  for (const left of [1, 2, 33]) {
    expect(await page(people[left - 1] ?? 0, 20)).toEqual(people.slice(left, left + 20));
  }
  expect(await page(people.at(-1) ?? 0, 20)).toEqual([]);
});

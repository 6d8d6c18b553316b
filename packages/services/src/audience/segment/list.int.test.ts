import { expect, it } from "vitest";
import type { SegmentId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { aContext, as, db } from "../../../testing/scenes.ts";
import {
  aScene,
  asRefresher,
  buyers,
  livesIn,
  twoSellers,
} from "../../../testing/segment-scene.ts";
import { aScreenedSegment, asScreener, sixPeople } from "../../../testing/waterfall-scene.ts";
import type { RootContext } from "../../platform/context.ts";
import { listPeople } from "./list-people.ts";
import { listSegmentVersions, listSegments, readSegment } from "./list.ts";
import { refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";
import { archiveSegment } from "./archive.ts";
import { readWaterfall, screenSegment } from "./waterfall.ts";

it("lists segments by name, with their rules and sizes", async () => {
  const ctx = await aScene();
  const { id, version } = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await refreshSegment(asRefresher(ctx), id);

  expect(await listSegments(ctx, { locale: "en" })).toMatchObject([
    { name: "Buyers", sentence: "purchase: at least 1 time", size: null, sizes: [] },
    { name: "Tver", sentence: "city is Tver", size: 2, isCurrent: true, sizes: [{ size: 2 }] },
  ]);

  await saveSegment(ctx, { segment: { id, version }, name: "Omsk", rule: livesIn("Omsk") });
  await refreshSegment(asRefresher(ctx), id);
  expect((await listSegments(ctx, { locale: "ru" }))[1]).toMatchObject({
    sentence: "city — Omsk",
    size: 1,
    sizes: [{ size: 2 }, { size: 1 }],
  });
});

it("shows how many may be called, for the member's default calls", async () => {
  const { ctx } = await sixPeople();
  await aScreenedSegment(ctx);
  const [segment] = await listSegments(ctx, { locale: "en" });
  expect(segment).toMatchObject({ size: 6, callable: { count: 2 } });
  const own = await aSeller(db, ctx.organizationId, "own");
  const limited = { type: "member", id: "bob", role: "marketer", sellerIds: [own] } as const;
  const [theirs] = await listSegments({ ...ctx, actor: limited }, { locale: "en" });
  expect(theirs?.callable).toBeNull();
});

/** Reads every count of a segment: its size, earlier sizes, and how many may be called. */
async function readCounts(ctx: RootContext, id: SegmentId) {
  const listed = (await listSegments(ctx, { locale: "en" })).find((one) => one.id === id);
  const { waterfall } = await readWaterfall(ctx, { segmentId: id });
  return {
    sizes: [listed?.size, (await readSegment(ctx, id)).size],
    past: listed?.sizes.length,
    callable: [listed?.callable?.count ?? null, waterfall?.counts.callable ?? null],
  };
}

it("hides counts made by an earlier rule about consents to another seller, until they are counted again", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const segment = await aScreenedSegment(ctx, { is: "any", of: [theirs, mine] });
  const { id } = segment;
  await saveSegment(ctx, { segment, name: "All", rule: mine });
  const hidden = { sizes: [null, null], past: 0, callable: [null, null] };
  expect(await readCounts(marketer, id)).toEqual(hidden);
  const counts = await readCounts(ctx, id);
  expect(counts).toEqual({
    sizes: [expect.any(Number), expect.any(Number)],
    past: 1,
    callable: [2, 2],
  });

  await refreshSegment(asRefresher(ctx), id);
  expect(await readCounts(marketer, id)).toEqual({ ...hidden, sizes: counts.sizes });
  await screenSegment(asScreener(ctx), { segmentId: id });
  expect(await readCounts(marketer, id)).toEqual({ ...counts, past: 0 });
  expect(await readCounts(ctx, id)).toEqual({ ...counts, past: 2 });
});

it("hides counts of a segment whose rule used a segment with such a rule", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const inner = await saveSegment(ctx, { name: "Inner", rule: theirs });
  const { id } = await aScreenedSegment(ctx, {
    is: "any",
    of: [{ is: "segment", segment: inner.id }, mine],
  });
  await saveSegment(ctx, { segment: inner, name: "Inner", rule: mine });
  expect(await readCounts(marketer, id)).toEqual({
    sizes: [null, null],
    past: 0,
    callable: [null, null],
  });
  const page = { segmentId: id, place: "callable" as const, limit: 50 };
  await expect(listPeople(marketer, page)).rejects.toMatchObject({ code: "forbidden" });
});

it("refuses agents, and lists nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(listSegments(as(ctx, "agent"), { locale: "en" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await listSegments(other, { locale: "en" })).toEqual([]);
});

it("reads a segment, without a size before its first refresh", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  expect(await readSegment(as(ctx, "auditor"), id)).toMatchObject({
    name: "Buyers",
    rule: buyers,
    size: null,
    refreshedAt: null,
    isCurrent: false,
  });
});

it("is not current when a rule that it depends on was changed", async () => {
  const ctx = await aScene();
  const inner = await saveSegment(ctx, { name: "Inner", rule: buyers });
  const { id } = await saveSegment(ctx, {
    name: "Outer",
    rule: { is: "segment", segment: inner.id },
  });
  const isCurrent = async () => {
    const listed = await listSegments(ctx, { locale: "en" });
    return [
      (await readSegment(ctx, id)).isCurrent,
      listed.find(({ name }) => name === "Outer")?.isCurrent,
    ];
  };
  await refreshSegment(asRefresher(ctx), id);
  expect(await isCurrent()).toEqual([true, true]);
  await saveSegment(ctx, { name: "Inner", rule: { is: "all", of: [] }, segment: inner });
  expect(await isCurrent()).toEqual([false, false]);
  await refreshSegment(asRefresher(ctx), id);
  expect(await isCurrent()).toEqual([true, true]);
});

it("refuses agents, and finds no segment of another organization", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(readSegment(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readSegment(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});

it("shows who saved each version and what changed, for an archived segment too", async () => {
  const ctx = await aScene();
  const first = await saveSegment(ctx, { name: "People", rule: livesIn("Tver") });
  const rule = { is: "all" as const, of: [livesIn("Tver"), buyers] };
  await saveSegment(as(ctx, "marketer"), { segment: first, name: "People", rule });
  await archiveSegment(ctx, first.id);

  const versions = await listSegmentVersions(as(ctx, "auditor"), {
    segmentId: first.id,
    locale: "en",
  });
  expect(versions).toMatchObject([
    {
      number: 2,
      by: { type: "member" },
      sentence: "city is Tver and purchase: at least 1 time",
      changes: { added: ["purchase: at least 1 time"], removed: [], isRegrouped: false },
    },
    { number: 1, at: expect.any(Date), sentence: "city is Tver", changes: null },
  ]);
});

it("names a segment that an old version used, even if it was archived since", async () => {
  const ctx = await aScene();
  const inner = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  const segment = await saveSegment(ctx, {
    name: "Outer",
    rule: { is: "segment", segment: inner.id },
  });
  await saveSegment(ctx, { segment, name: "Outer", rule: buyers });
  await archiveSegment(ctx, inner.id);
  const [latest] = await listSegmentVersions(ctx, { segmentId: segment.id, locale: "en" });
  expect(latest?.changes?.removed).toEqual([expect.stringContaining("Tver")]);
});

it("refuses agents, and lists nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id: segmentId } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const asked = { segmentId, locale: "en" } as const;
  await expect(listSegmentVersions(other, asked)).rejects.toMatchObject({ code: "not-found" });
  await expect(listSegmentVersions(as(ctx, "agent"), asked)).rejects.toMatchObject({
    code: "forbidden",
  });
});

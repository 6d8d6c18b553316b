import { expect, it } from "vitest";
import { aSeller } from "@ringfence/db/testing";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { aScreenedSegment, sixPeople } from "../../../testing/waterfall-scene.ts";
import { listSegmentVersions, listSegments, readSegment } from "./list.ts";
import { refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";
import { archiveSegment } from "./archive.ts";

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

import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers } from "../../../testing/segment-scene.ts";
import { listSegments } from "./list-segments.ts";
import { readSegment } from "./read-segment.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { saveSegment } from "./save-segment.ts";

it("reads a segment, whose size nobody knows before its first refresh", async () => {
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

it("is not current when a rule that it rests on was changed", async () => {
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

it("is not for agents, and finds no segment of another organization", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(readSegment(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readSegment(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});

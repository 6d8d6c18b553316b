import { expect, it } from "vitest";
import { aContext, as } from "../../testing/scenes.ts";
import { aScene, buyers } from "../../testing/segment-scene.ts";
import { readSegment } from "./read-segment.ts";
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

it("is not for agents, and finds no segment of another organization", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(readSegment(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readSegment(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});

import { expect, it } from "vitest";
import { aContext, as } from "../../testing/scenes.ts";
import { aScreenedSegment, everybody, sixPeople } from "../../testing/waterfall-scene.ts";
import { readWaterfall } from "./read-waterfall.ts";
import { saveSegment } from "./save-segment.ts";

it("says when it is of a rule that was changed since", async () => {
  const { ctx } = await sixPeople();
  const segment = await aScreenedSegment(ctx);
  const isCurrent = async () =>
    (await readWaterfall(ctx, { segmentId: segment.id })).waterfall?.isCurrent;
  expect(await isCurrent()).toBe(true);
  await saveSegment(ctx, { segment, name: "All", rule: { is: "none", of: [everybody] } });
  expect(await isCurrent()).toBe(false);
});

it("is not for agents, and reads none of another organization", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  await expect(readWaterfall(as(ctx, "agent"), { segmentId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readWaterfall(await aContext(), { segmentId })).rejects.toMatchObject({
    code: "not-found",
  });
});

import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import {
  aScreenedSegment,
  asScreener,
  everybody,
  sixPeople,
} from "../../../testing/waterfall-scene.ts";
import { readWaterfall } from "./read-waterfall.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { saveSegment } from "./save-segment.ts";
import { screenSegment } from "./screen-segment.ts";

it("says when it is of a rule that was changed since", async () => {
  const { ctx } = await sixPeople();
  const segment = await aScreenedSegment(ctx);
  const isCurrent = async () =>
    (await readWaterfall(ctx, { segmentId: segment.id })).waterfall?.isCurrent;
  expect(await isCurrent()).toBe(true);
  await saveSegment(ctx, { segment, name: "All", rule: { is: "none", of: [everybody] } });
  expect(await isCurrent()).toBe(false);
});

it("is not of what a segment that it rests on has become since", async () => {
  const { ctx } = await sixPeople();
  const inner = await saveSegment(ctx, { name: "Inner", rule: everybody });
  const { id: segmentId } = await aScreenedSegment(ctx, { is: "segment", segment: inner.id });
  const isCurrent = async () => (await readWaterfall(ctx, { segmentId })).waterfall?.isCurrent;
  expect(await isCurrent()).toBe(true);
  const rule: Rule = { is: "none", of: [everybody] };
  await saveSegment(ctx, { segment: inner, name: "Inner", rule });
  expect(await isCurrent()).toBe(false);
  // Found anew, and not screened yet.
  await refreshSegment(asRefresher(ctx), segmentId);
  expect(await isCurrent()).toBe(false);
  await screenSegment(asScreener(ctx), { segmentId });
  expect(await isCurrent()).toBe(true);
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

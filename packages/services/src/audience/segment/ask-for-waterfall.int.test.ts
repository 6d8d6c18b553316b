import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { everybody, screeningsAsked } from "../../../testing/waterfall-scene.ts";
import { askForWaterfall } from "./ask-for-waterfall.ts";
import { saveSegment } from "./save-segment.ts";

it("has a worker screen the segment for these calls, once for all who ask", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  const seller = await aSeller(db, organizationId);
  const asked = { segmentId, purpose: "marketing.loans" };
  await askForWaterfall(as(ctx, "marketer"), asked);
  await askForWaterfall(ctx, asked);
  expect(await screeningsAsked(ctx, segmentId)).toEqual([{ organizationId, seller, ...asked }]);
});

it("refuses a purpose that is not there, and a seller that is not theirs", async () => {
  const ctx = await aContext();
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  await expect(askForWaterfall(ctx, { segmentId, purpose: "pets" })).rejects.toMatchObject({
    code: "invalid-field",
    path: "/purpose",
  });
  const own = await aSeller(db, ctx.organizationId, "own");
  const limited = { type: "member", id: "bob", role: "marketer", sellerIds: [own] } as const;
  const asked = { segmentId, seller: "acme" };
  await expect(askForWaterfall({ ...ctx, actor: limited }, asked)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("is not for agents, and asks for no segment of another organization", async () => {
  const ctx = await aContext();
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  await expect(askForWaterfall(as(ctx, "agent"), { segmentId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(askForWaterfall(await aContext(), { segmentId })).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await screeningsAsked(ctx, segmentId)).toEqual([]);
});

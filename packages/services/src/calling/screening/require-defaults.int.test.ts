import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { screenBatch } from "./screen-batch.ts";

const purpose = "marketing.loans";
const faultAt = (path: string) => ({ code: "invalid-field", path: `/defaults/${path}` });

async function scene() {
  const ctx = await aContext();
  const { phone, sellerId } = await aCallablePhone(ctx);
  const batch = (items: unknown[], defaults: Parameters<typeof screenBatch>[1]["defaults"] = {}) =>
    screenBatch(ctx, { defaults: { purpose, ...defaults }, items });
  return { ctx, phone, sellerId, batch };
}

it("refuses as a whole what is wrong with every item alike", async () => {
  const { ctx, phone, batch } = await scene();
  const items = [{ phone }, "no call"];
  await expect(batch(items, { purpose: "elsewhere" })).rejects.toMatchObject(faultAt("purpose"));
  await expect(batch(items, { seller: "elsewhere" })).rejects.toMatchObject(faultAt("seller"));
  await expect(screenBatch(ctx, { defaults: {}, items })).rejects.toMatchObject(faultAt("purpose"));

  await aSeller(db, ctx.organizationId, "other");
  await expect(batch(items)).rejects.toMatchObject(faultAt("seller"));
  const { results } = await batch([...items, { phone, seller: "acme" }]);
  expect(results.map(({ verdict }) => verdict)).toEqual(["refuse", "refuse", "allow"]);
});

it("is not for the agent of another seller, who may still be asked by one item", async () => {
  const { ctx, phone, sellerId } = await scene();
  const other = await aSeller(db, ctx.organizationId, "other");
  const as = (seller: typeof sellerId) => ({
    ...ctx,
    actor: { type: "member", id: "bob", role: "agent", sellerIds: [seller] } as const,
  });
  const batch = { defaults: { purpose, seller: "acme" }, items: [{ phone }] };
  expect((await screenBatch(as(sellerId), batch)).counts).toMatchObject({ allow: 1 });
  await expect(screenBatch(as(other), batch)).rejects.toMatchObject({ code: "forbidden" });

  const defaults = { purpose, seller: "other" };
  const items = [{ phone, seller: "acme" }];
  const { results } = await screenBatch(as(other), { defaults, items });
  expect(results[0]).toMatchObject({ phone, refusals: [{ reason: "cannot-check" }] });
});

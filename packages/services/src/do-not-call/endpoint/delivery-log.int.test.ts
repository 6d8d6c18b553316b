import { type DeliveryStatus, ListDeliveries } from "@ringfence/core/do-not-call/endpoint";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint, getWebhookRequest } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as, db } from "../../../testing/scenes.ts";
import { claimDeliveries } from "./claim.ts";
import { listDeliveries, replayDeliveries } from "./delivery-log.ts";
import { settleDeliveries } from "./delivery-outcomes.ts";
import { DeliveryId } from "@ringfence/core/ids";

async function threeDeliveries() {
  const scene = await anEndpoint();
  for (let n = 0; n < 3; n++) await recorded(scene.ctx, { phone: aNumber(), channel: "agent" });
  return scene;
}

it("lists the newest first, page by page", async () => {
  const { ctx, rows } = await threeDeliveries();
  const ids = (await rows()).map(({ id }) => id).toReversed();
  const first = await listDeliveries(ctx, ListDeliveries.parse({ limit: 2 }));
  expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const second = await listDeliveries(ctx, ListDeliveries.parse({ limit: 2, after: first.next }));
  expect([second.items.map(({ id }) => id), second.next]).toEqual([ids.slice(2), null]);
});

it("shows the outcome of each, and filters by status", async () => {
  const { ctx, worker, endpointId } = await threeDeliveries();
  const [sent] = await claimDeliveries(worker, { endpointId, limit: 1 });
  if (sent === undefined) throw new Error("nothing to send");
  await settleDeliveries(worker, { deliveries: [sent], outcome: { status: 200 } });

  const { items } = await listDeliveries(
    ctx,
    ListDeliveries.parse({ endpointId, status: "delivered" }),
  );
  expect(items).toMatchObject([
    { id: sent.deliveryId, event: "opt-out.recorded", outcome: { status: 200 }, dueAt: null },
  ]);
});

it("shows nothing of another organization, and refuses those without access", async () => {
  const { ctx, endpointId } = await threeDeliveries();
  const stranger = (await anEndpoint()).ctx;
  expect((await listDeliveries(stranger, ListDeliveries.parse({ endpointId }))).items).toEqual([]);
  await expect(listDeliveries(as(ctx, "agent"), ListDeliveries.parse({}))).rejects.toMatchObject({
    code: "forbidden",
  });
});

/** An endpoint with a delivery of each of these statuses. */
async function deliveriesThatAre(...statuses: DeliveryStatus[]) {
  const scene = await anEndpoint();
  const { organizationId } = scene.ctx;
  for (const _ of statuses) await recorded(scene.ctx, { phone: aNumber(), channel: "agent" });
  const ids = (await scene.rows()).map(({ id }) => DeliveryId.parse(id));
  for (const [index, id] of ids.entries()) {
    await db.prisma.delivery.updateMany({
      where: { organizationId, id },
      data: { status: statuses[index] ?? "", attempts: 11 },
    });
  }
  const statusesNow = async () => (await scene.rows()).map(({ status }) => status);
  return { ...scene, ids, statusesNow };
}

it("sends one again, under its id, with all its attempts", async () => {
  const { owner, worker, endpointId, ids, rows } = await deliveriesThatAre("dead", "delivered");
  for (const deliveryId of ids) {
    expect(await replayDeliveries(owner, { deliveryId })).toEqual({ replayed: 1 });
  }
  expect(await rows()).toMatchObject(ids.map((id) => ({ id, status: "pending", attempts: 0 })));
  const claimed = await claimDeliveries(worker, { endpointId, limit: 5 });
  expect(
    new Set(claimed.map((delivery) => getWebhookRequest(delivery).headers["webhook-id"])),
  ).toEqual(new Set(ids));
});

it("sends all dead deliveries of an endpoint again, and nothing else", async () => {
  const { owner, endpointId, statusesNow } = await deliveriesThatAre("dead", "delivered", "dead");
  expect(await replayDeliveries(owner, { endpointId })).toEqual({ replayed: 2 });
  expect(await statusesNow()).toEqual(["pending", "delivered", "pending"]);
  expect(await replayDeliveries(owner, { endpointId })).toEqual({ replayed: 0 });
});

it("leaves alone what is on its way", async () => {
  const { owner, ids, rows } = await deliveriesThatAre("pending");
  const [deliveryId] = ids;
  if (deliveryId === undefined) throw new Error("none");
  const before = await rows();
  expect(await replayDeliveries(owner, { deliveryId })).toEqual({ replayed: 0 });
  expect(await rows()).toEqual(before);
});

it("finds nothing of another organization, and is recorded", async () => {
  const { owner, ctx, ids, endpointId, statusesNow } = await deliveriesThatAre("dead");
  const [deliveryId] = ids;
  if (deliveryId === undefined) throw new Error("none");
  const stranger = (await anEndpoint()).owner;
  await expect(replayDeliveries(stranger, { deliveryId })).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await replayDeliveries(stranger, { endpointId })).toEqual({ replayed: 0 });
  await expect(replayDeliveries(as(ctx, "agent"), { deliveryId })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await statusesNow()).toEqual(["dead"]);

  await replayDeliveries(owner, { deliveryId });
  const { organizationId } = ctx;
  expect(
    await db.prisma.auditEntry.findFirst({ where: { organizationId, action: "delivery.replay" } }),
  ).toMatchObject({ details: { endpointId, replayed: 1 } });
});

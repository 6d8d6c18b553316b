import type { DeliveryStatus } from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint, requestOf } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as, db } from "../../../testing/scenes.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { replayDeliveries } from "./replay-deliveries.ts";

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

it("sends one again, under its id, and with all its attempts", async () => {
  const { owner, worker, endpointId, ids, rows } = await deliveriesThatAre("dead", "delivered");
  for (const deliveryId of ids) {
    expect(await replayDeliveries(owner, { deliveryId })).toEqual({ replayed: 1 });
  }
  expect(await rows()).toMatchObject(ids.map((id) => ({ id, status: "pending", attempts: 0 })));
  const claimed = await claimDeliveries(worker, { endpointId, limit: 5 });
  expect(new Set(claimed.map((delivery) => requestOf(delivery).headers["webhook-id"]))).toEqual(
    new Set(ids),
  );
});

it("sends all of an endpoint again that are dead, and nothing else", async () => {
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

it("knows nothing of another organization, and is on record", async () => {
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

import { aNumber, countJobs } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { db } from "../../../testing/scenes.ts";
import { claimDeliveries } from "./claim.ts";
import { type DeliveryOutcome, settleDeliveries } from "./delivery-outcomes.ts";

/** A delivery that a worker has, and that has been tried so often before. */
async function aDelivery(attemptsBefore = 0) {
  const scene = await anEndpoint();
  const { ctx, worker, endpointId, rows } = scene;
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const { organizationId } = ctx;
  await db.prisma.delivery.updateMany({
    where: { organizationId },
    data: { attempts: attemptsBefore },
  });
  const [sent] = await claimDeliveries(worker, { endpointId, limit: 1 });
  if (sent === undefined) throw new Error("nothing to send");
  const { deliveryId, attempt } = sent;
  const row = async () => {
    const [row] = await rows();
    if (row === undefined) throw new Error("it is gone");
    return row;
  };
  const secondsUntilDue = async () => {
    const { dueAt, attemptedAt } = await row();
    return (dueAt.getTime() - (attemptedAt?.getTime() ?? 0)) / 1_000;
  };
  const settle = (outcome: DeliveryOutcome, by = worker) =>
    settleDeliveries(by, { deliveries: [{ deliveryId, attempt }], outcome });
  return { ...scene, deliveryId, attempt, row, settle, secondsUntilDue };
}

it.each([200, 204, 299])("is delivered by a status of %i", async (status) => {
  const { settle, row, endpoint } = await aDelivery();
  await settle({ status });
  expect(await row()).toMatchObject({
    status: "delivered",
    outcome: { status },
    claimedUntil: null,
  });
  const { deliveredAt, failingSince } = await endpoint();
  expect([deliveredAt, failingSince]).toEqual([(await row()).attemptedAt, null]);
});

it.each([{ status: 500 }, { status: 302 }, { status: 404 }, { fault: "ECONNREFUSED" }])(
  "is retried after some seconds because of %j",
  async (outcome) => {
    const { settle, row, endpoint, secondsUntilDue } = await aDelivery();
    await settle(outcome);
    expect(await row()).toMatchObject({ status: "pending", outcome, attempts: 1 });
    const seconds = await secondsUntilDue();
    expect(seconds).toBeGreaterThanOrEqual(5);
    expect(seconds).toBeLessThan(6);
    expect((await endpoint()).failingSince).toEqual((await row()).attemptedAt);
  },
);

it("is healthy again after the first success", async () => {
  const { settle, row, endpoint, worker, endpointId, ctx } = await aDelivery();
  await settle({ fault: "timeout" });
  const { organizationId } = ctx;
  await db.prisma.delivery.updateMany({ where: { organizationId }, data: { dueAt: new Date(0) } });
  const [again] = await claimDeliveries(worker, { endpointId, limit: 1 });
  if (again === undefined) throw new Error("nothing to send");
  await settleDeliveries(worker, { deliveries: [again], outcome: { status: 200 } });
  expect(await row()).toMatchObject({ status: "delivered", attempts: 2 });
  expect((await endpoint()).failingSince).toBeNull();
});

it("tells how long a refusal took until it was delivered for the first time, and no other change", async () => {
  const { ctx, settle, worker, endpointId } = await aDelivery();
  const { organizationId } = ctx;
  const createdAt = new Date(Date.now() - 90_000);
  await db.prisma.delivery.updateMany({ where: { organizationId }, data: { createdAt } });
  expect(await settle({ status: 503 })).toEqual({ refusalSeconds: [] });

  const deliverAgain = async () => {
    const data = { status: "pending", dueAt: new Date(0) };
    await db.prisma.delivery.updateMany({ where: { organizationId }, data });
    const deliveries = await claimDeliveries(worker, { endpointId, limit: 1 });
    return settleDeliveries(worker, { deliveries, outcome: { status: 204 } });
  };
  const { refusalSeconds } = await deliverAgain();
  expect(refusalSeconds).toEqual([expect.closeTo(90, -1)]);
  expect(await deliverAgain()).toEqual({ refusalSeconds: [] });

  const data = { heardAt: null, event: "consent.changed" };
  await db.prisma.delivery.updateMany({ where: { organizationId }, data });
  expect(await deliverAgain()).toEqual({ refusalSeconds: [] });
});

it("waits as long as the receiver asks", async () => {
  const { settle, secondsUntilDue } = await aDelivery();
  await settle({ status: 429, retryAfterSeconds: 120 });
  expect(await secondsUntilDue()).toBeGreaterThanOrEqual(120);
});

it("is dead after the last attempt, and not before", async () => {
  const last = await aDelivery(10);
  await last.settle({ status: 500 });
  expect((await last.row()).status).toBe("dead");
  const lastButOne = await aDelivery(9);
  await lastButOne.settle({ status: 500 });
  expect((await lastButOne.row()).status).toBe("pending");
});

it("disables an endpoint that is gone for good", async () => {
  const { settle, row, endpoint } = await aDelivery();
  await settle({ status: 410 });
  expect((await row()).status).toBe("dead");
  expect((await endpoint()).disabledAt).toEqual((await row()).attemptedAt);
});

it("ignores a worker that has lost its delivery", async () => {
  const { worker, deliveryId, attempt, row } = await aDelivery();
  const before = await row();
  await settleDeliveries(worker, {
    deliveries: [{ deliveryId, attempt: attempt + 1 }],
    outcome: { status: 200 },
  });
  expect(await row()).toEqual(before);
});

it("settles deliveries that went together at once, queues one worker, and keeps later due times", async () => {
  const { ctx, worker, endpointId, rows } = await anEndpoint();
  for (let n = 0; n < 3; n++) await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const sent = await claimDeliveries(worker, { endpointId, limit: 3 });
  const { organizationId } = ctx;
  const later = new Date(Date.now() + 3_600_000);
  const id = sent[2]?.deliveryId ?? "";
  await db.prisma.delivery.updateMany({ where: { organizationId, id }, data: { dueAt: later } });
  const before = await countJobs(db, organizationId);
  await settleDeliveries(worker, { deliveries: sent, outcome: { fault: "timeout" } });
  expect(await countJobs(db, organizationId)).toBe(before + 1);
  const [first, second, third] = await rows();
  expect(second?.dueAt).toEqual(first?.dueAt);
  expect(first?.dueAt.getTime()).toBeLessThan(later.getTime());
  expect(third).toMatchObject({ status: "pending", dueAt: later, claimedUntil: null });
});

it("retries a delivery that was not due and went along in vain", async () => {
  const { ctx, worker, deliveryId, row } = await aDelivery();
  const { organizationId } = ctx;
  await db.prisma.delivery.updateMany({ where: { organizationId }, data: { attempts: 0 } });
  await settleDeliveries(worker, {
    deliveries: [{ deliveryId, attempt: 0 }],
    outcome: { fault: "timeout" },
  });
  expect(await row()).toMatchObject({ status: "pending", attempts: 0 });
});

it("settles nothing of another organization, and only for workers", async () => {
  const { settle, row, owner } = await aDelivery();
  const before = await row();
  await settle({ status: 200 }, (await anEndpoint()).worker);
  expect(await row()).toEqual(before);
  await expect(settle({ status: 200 }, owner)).rejects.toMatchObject({ code: "forbidden" });
});

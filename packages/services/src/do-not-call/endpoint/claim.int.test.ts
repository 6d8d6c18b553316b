import { aNumber } from "@ringfence/db/testing";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { anEndpoint, getWebhookRequest, anSftpDialer } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, addAnotherPhone, erase } from "../../../testing/phones.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import type { RootContext } from "../../platform/context.ts";
import { claimDeliveries, extendClaims, queueDueDeliveries, releaseClaims } from "./claim.ts";
import { connectDialer } from "./dialer.ts";
import { settleDeliveries } from "./delivery-outcomes.ts";

const limit = 10;

it("sends what a dialer needs in order to stop, for all phones of the person, signed", async () => {
  const { ctx, worker, endpointId, secret, rows } = await anEndpoint();
  const { phone, contactId } = await aCallablePhone(ctx);
  const other = await addAnotherPhone(ctx, contactId);
  const { id, reference, effectiveAt } = await recorded(ctx, {
    phone,
    channel: "agent",
    scope: { purpose: "marketing.loans" },
    note: "was rude",
  });

  const [sent] = await claimDeliveries(worker, { endpointId, limit });
  const { url, headers, body } = getWebhookRequest(sent);
  expect(url).toBe("https://dialer.example/hook");
  const [row] = await rows();
  expect(headers["webhook-id"]).toBe(row?.id);
  expect(new Webhook(secret).verify(body, headers)).toEqual({
    type: "opt-out.recorded",
    timestamp: row?.createdAt.toISOString(),
    data: {
      id,
      phone,
      phones: [phone, other.phone].toSorted(),
      scope: { purpose: "marketing.loans" },
      channel: "agent",
      effectiveAt: effectiveAt.toISOString(),
      reference,
    },
  });
  expect(() => new Webhook(secret).verify(body.replace("loans", "cards"), headers)).toThrow(
    "No matching signature found",
  );
});

it("sends what changed of a consent, and nothing of its evidence", async () => {
  const { ctx, worker, endpointId } = await anEndpoint(["consent.changed"]);
  const consent = aConsent({ evidence: { act: "ticked", ip: "203.0.113.7" } });
  const { id } = await recordConsent(ctx, consent);
  const [sent] = await claimDeliveries(worker, { endpointId, limit });
  expect(JSON.parse(getWebhookRequest(sent).body)).toMatchObject({
    type: "consent.changed",
    data: { id, phone: consent.phone, change: "granted", seller: "acme", purposes: ["marketing"] },
  });
  expect(getWebhookRequest(sent).body).not.toContain("203.0.113.7");
});

it("sends no number that was erased meanwhile", async () => {
  const { ctx, worker, endpointId } = await anEndpoint();
  const phone = aNumber();
  await recorded(ctx, { phone, channel: "agent" });
  await erase(ctx, phone);
  const [sent] = await claimDeliveries(worker, { endpointId, limit });
  expect(JSON.parse(getWebhookRequest(sent).body).data).toMatchObject({ phone: null, phones: [] });
});

it("records that deliveries failed because the settings cannot be read", async () => {
  const { ctx, worker, endpointId, endpoint, rows } = await anEndpoint();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await db.prisma.endpoint.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { kind: "vicidial" },
  });
  expect(await claimDeliveries(worker, { endpointId, limit })).toEqual([]);
  expect(await rows()).toMatchObject([
    { status: "pending", attempts: 1, outcome: { fault: "settings-unreadable" } },
  ]);
  expect((await endpoint()).failingSince).not.toBeNull();
});

it("gives each delivery to one of many workers", async () => {
  const { ctx, worker, endpointId } = await anEndpoint();
  for (let n = 0; n < 12; n++) await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const claimed = await Promise.all(
    Array.from({ length: 6 }, () => claimDeliveries(worker, { endpointId, limit: 3 })),
  );
  const ids = claimed.flat().map(({ deliveryId }) => deliveryId);
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
});

it("gives nothing while another worker is sending, and everything once that worker is dead", async () => {
  const { ctx, worker, endpointId, rows } = await anEndpoint();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  expect(await claimDeliveries(worker, { endpointId, limit })).toMatchObject([{ attempt: 1 }]);
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  expect(await claimDeliveries(worker, { endpointId, limit })).toEqual([]);

  const [first] = await rows();
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId, id: first?.id ?? "" },
    data: { claimedUntil: new Date(Date.now() - 1_000) },
  });
  const taken = await claimDeliveries(worker, { endpointId, limit });
  expect(new Set(taken.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]));
});

/** An endpoint that is given a file, and for which so many changes wait, all of them due. */
async function aFileEndpoint(content: "list" | "changes", waiting: number) {
  const ctx = await aContext();
  const { id: endpointId } = await connectDialer(as(ctx, "owner"), {
    dialer: anSftpDialer({ content }),
    reason: "The dialer keeps its own list.",
  });
  const { organizationId } = ctx;
  await db.prisma.delivery.deleteMany({ where: { organizationId } });
  await db.pool.query(
    `INSERT INTO delivery (organization_id, id, endpoint_id, event, subject_id, due_at, created_at)
     SELECT $1, uuid7(), $2, 'opt-out.recorded', uuid7(), clock_timestamp(), clock_timestamp()
     FROM generate_series(1, $3)`,
    [organizationId, endpointId, waiting],
  );
  const worker: RootContext = { ...ctx, actor: { type: "job", name: "webhook.deliver" } };
  return { organizationId, endpointId, worker };
}

it("gives everything that waits to one list, however much, and settles it at once", async () => {
  const { organizationId, worker, endpointId } = await aFileEndpoint("list", 3_000);
  const claimed = await claimDeliveries(worker, { endpointId, limit });
  expect(claimed).toHaveLength(3_000);
  await settleDeliveries(worker, { deliveries: claimed, outcome: { status: 200 } });
  const status = "delivered";
  expect(await db.prisma.delivery.count({ where: { organizationId, status } })).toBe(3_000);
});

it("gives a file of changes at most a thousand", async () => {
  const { worker, endpointId } = await aFileEndpoint("changes", 1_001);
  expect(await claimDeliveries(worker, { endpointId, limit })).toHaveLength(1_000);
});

it("takes deliveries into a file before they are due, behind due ones, without counting an attempt", async () => {
  const { organizationId, worker, endpointId } = await aFileEndpoint("changes", 2);
  const first = await db.prisma.delivery.findFirstOrThrow({
    where: { organizationId },
    orderBy: { id: "asc" },
  });
  await db.prisma.delivery.updateMany({
    where: { organizationId, id: first.id },
    data: { dueAt: new Date(Date.now() + 3_600_000), attempts: 4 },
  });
  expect(await claimDeliveries(worker, { endpointId, limit })).toMatchObject([
    { attempt: 1 },
    { deliveryId: first.id, attempt: 4 },
  ]);
});

it("gives nothing of another organization, and only to workers", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  await recorded(theirs.ctx, { phone: aNumber(), channel: "agent" });
  const { endpointId } = theirs;
  expect(await claimDeliveries(mine.worker, { endpointId, limit })).toEqual([]);
  await expect(claimDeliveries(theirs.owner, { endpointId, limit })).rejects.toMatchObject({
    code: "forbidden",
  });
});

async function claimed() {
  const scene = await anEndpoint();
  const { ctx, worker, endpointId } = scene;
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const deliveries = await claimDeliveries(worker, { endpointId, limit: 1 });
  const { organizationId } = ctx;
  const endsIn = (seconds: number) =>
    db.prisma.delivery.updateMany({
      where: { organizationId },
      data: { claimedUntil: new Date(Date.now() + seconds * 1_000) },
    });
  const secondsLeft = async () => {
    const [row] = await scene.rows();
    return ((row?.claimedUntil?.getTime() ?? 0) - Date.now()) / 1_000;
  };
  const jobs = () => countJobs(endpointId);
  return { ...scene, deliveries, endsIn, secondsLeft, jobs };
}

it("keeps a delivery for two more minutes while its worker has it", async () => {
  const { worker, deliveries, endsIn, secondsLeft } = await claimed();
  await endsIn(30);
  await extendClaims(worker, deliveries);
  expect(await secondsLeft()).toBeGreaterThan(60);

  await endsIn(-1);
  await expect(extendClaims(worker, deliveries)).rejects.toThrow("another worker's");
});

it("keeps no delivery that another attempt has", async () => {
  const { worker, deliveries } = await claimed();
  const earlier = deliveries.map(({ deliveryId, attempt }) => ({
    deliveryId,
    attempt: attempt - 1,
  }));
  await expect(extendClaims(worker, earlier)).rejects.toThrow("another worker's");
});

it("keeps no delivery of another organization, and only for the worker", async () => {
  const { ctx, deliveries } = await claimed();
  const { worker } = await anEndpoint();
  await expect(extendClaims(worker, deliveries)).rejects.toThrow("another worker's");
  await expect(extendClaims(ctx, deliveries)).rejects.toMatchObject({ code: "forbidden" });
});

it("gives a released delivery to another worker at once, as its next attempt", async () => {
  const { worker, endpointId, deliveries, jobs } = await claimed();
  const before = await jobs();
  await releaseClaims(worker, { endpointId, deliveries });
  expect((await jobs()) - before).toBe(1);
  const [first] = deliveries;
  expect(await claimDeliveries(worker, { endpointId, limit })).toMatchObject([
    { deliveryId: first?.deliveryId, attempt: 2 },
  ]);
});

it("releases no delivery that another worker has claimed or that is settled", async () => {
  const { worker, endpointId, deliveries, endsIn, secondsLeft, rows } = await claimed();
  await endsIn(-1);
  const taken = await claimDeliveries(worker, { endpointId, limit });
  await releaseClaims(worker, { endpointId, deliveries });
  expect(await secondsLeft()).toBeGreaterThan(30);

  await settleDeliveries(worker, { deliveries: taken, outcome: { status: 200 } });
  const settled = await rows();
  await releaseClaims(worker, { endpointId, deliveries: taken });
  expect(await rows()).toEqual(settled);
});

it("releases no delivery of another organization, and only for the worker", async () => {
  const { ctx, endpointId, deliveries, secondsLeft } = await claimed();
  const { worker } = await anEndpoint();
  await releaseClaims(worker, { endpointId, deliveries });
  expect(await secondsLeft()).toBeGreaterThan(30);
  await expect(releaseClaims(ctx, { endpointId, deliveries })).rejects.toMatchObject({
    code: "forbidden",
  });
});

/** Counts the jobs that send to an endpoint. */
async function countJobs(endpointId: string) {
  const { rows } = await db.pool.query(
    "SELECT 1 FROM graphile_worker._private_jobs WHERE payload ->> 'endpointId' = $1",
    [endpointId],
  );
  return rows.length;
}

/** Creates a delivery whose job was lost and that has been due for some seconds. */
async function overdue(seconds: number, claimedUntil: Date | null = null) {
  const { ctx, endpointId } = await anEndpoint();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const dueAt = new Date(Date.now() - seconds * 1_000);
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { dueAt, claimedUntil },
  });
  const jobs = () => countJobs(endpointId);
  return { before: await jobs(), jobs };
}

it("queues forgotten deliveries, once per endpoint", async () => {
  const soon = new Date(Date.now() + 30_000);
  const [lost, fresh, underWay] = [await overdue(60), await overdue(1), await overdue(60, soon)];
  await queueDueDeliveries(db);
  expect((await lost.jobs()) - lost.before).toBe(1);
  expect((await fresh.jobs()) - fresh.before).toBe(0);
  expect((await underWay.jobs()) - underWay.before).toBe(0);
});

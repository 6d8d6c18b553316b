import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { aDatabase, aNumber, anOrganization } from "@ringfence/db/testing";
import { createWebhook, listEndpoints } from "@ringfence/services/do-not-call/endpoint";
import { openFiles } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { noMessages } from "../../../testing/no-messages.ts";
import { aReceiver } from "../../../testing/receiver.ts";
import { createMetrics } from "../../metrics.ts";
import { startWorker } from "../../start-worker.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";

const databaseUrl = await aDatabase();
const db = openDb(databaseUrl);
const folder = mkdtempSync(path.join(tmpdir(), "ringfence-worker-"));
/** Keys of one installation, whose workers share all jobs. */
const keys = keysIn(folder);
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const within = { timeout: 30_000, interval: 20 };

/** Waits until the only delivery has this outcome. */
const untilOutcome = (rows: () => Promise<unknown>, outcome: object) =>
  vi.waitFor(async () => expect(await rows()).toMatchObject([{ outcome }]), within);

type Receiver = Awaited<ReturnType<typeof aReceiver>>;

/** Private hosts that the operator allows, each for the organization that its entry names. */
const opened: string[] = [];

/** An organization that sends its opt-outs to a receiver. */
async function scene(receiver: Receiver, { privateHosts = [receiver.host] } = {}) {
  const organizationId = await anOrganization(db);
  opened.push(...privateHosts.map((host) => `${organizationId}=${host}`));
  const actor = { type: "member", id: "eve", role: "owner", sellerIds: [] } as const;
  const ctx = { db, keys, organizationId, actor };
  const hook = {
    reason: "The dialer keeps its own list.",
    name: "Dialer",
    url: receiver.url,
    events: ["opt-out.recorded" as const],
  };
  const { secret } = await createWebhook(
    { ...ctx, privateHosts: [`${organizationId}=${receiver.host}`] },
    hook,
  );
  receiver.trust(secret);
  const metrics = createMetrics(db);
  const work = async () => {
    const worker = await startWorker({
      db,
      keys,
      files: openFiles(folder),
      sources: { registriesFolder: null, privateHosts: opened },
      jobs: [deliverWebhooks],
      countRefusalDeliveries: (kind, seconds) => metrics.countRefusalDeliveries(kind, seconds),
      ...noMessages,
    });
    onTestFinished(() => worker.stop());
    return worker;
  };
  const refuse = async (phone = aNumber()) => {
    await recordOptOut(ctx, { phone, channel: "agent" });
    return phone;
  };
  const rows = () =>
    db.prisma.delivery.findMany({ where: { organizationId }, orderBy: { id: "asc" } });
  const health = async () => (await listEndpoints(ctx))[0];
  return { ctx, work, refuse, rows, health, metrics };
}

it("sends an opt-out, signed, to its receiver", async () => {
  const receiver = await aReceiver();
  const { work, refuse, rows } = await scene(receiver);
  await work();
  const phone = await refuse();
  await vi.waitFor(
    async () => expect(await rows()).toMatchObject([{ status: "delivered" }]),
    within,
  );
  const [row] = await rows();
  expect(receiver.received).toMatchObject([
    { id: row?.id, type: "opt-out.recorded", data: { phone, scope: {} } },
  ]);
  expect(receiver.forged).toEqual([]);
});

it("sends each change once, even with many workers", async () => {
  const receiver = await aReceiver();
  const { work, refuse, rows } = await scene(receiver);
  await Promise.all([work(), work(), work()]);
  const phones: string[] = [];
  for (let n = 0; n < 60; n++) phones.push(await refuse());
  await vi.waitFor(
    async () => expect((await rows()).every(({ status }) => status === "delivered")).toBe(true),
    within,
  );
  expect(receiver.received.map(({ data }) => data.phone).toSorted()).toEqual(phones.toSorted());
});

it("retries under the same id after a failure", async () => {
  const receiver = await aReceiver((response, _, nth) =>
    response.writeHead(nth === 1 ? 503 : 200).end(),
  );
  const { ctx, work, refuse, rows, health, metrics } = await scene(receiver);
  await work();
  await refuse();
  await vi.waitFor(
    async () => expect(await rows()).toMatchObject([{ attempts: 1, outcome: { status: 503 } }]),
    within,
  );
  expect((await health())?.failingSince).not.toBeNull();
  const { organizationId } = ctx;
  await db.prisma.delivery.updateMany({ where: { organizationId }, data: { dueAt: new Date(0) } });

  await vi.waitFor(
    async () => expect(await rows()).toMatchObject([{ status: "delivered" }]),
    within,
  );
  const [first, second] = receiver.received;
  expect(second).toEqual(first);
  expect(await health()).toMatchObject({ failingSince: null, pending: 0 });
  const { text } = await metrics.read("text/plain");
  expect(text).toMatch(/ringfence_refusal_delivery_seconds_count\{kind="webhook"\} 1\n/);
  expect(text).toMatch(/ringfence_refusal_delivery_seconds_count\{kind="vicidial"\} 0\n/);
});

it("records what was answered and gives up the rest when it is asked to stop", async () => {
  const receiver = await aReceiver((response, _, nth) => {
    if (nth !== 2) response.writeHead(204).end();
  });
  const { work, refuse, rows } = await scene(receiver);
  await refuse();
  await refuse();
  const first = await work();
  await vi.waitFor(async () => {
    expect(receiver.received).toHaveLength(2);
    expect((await rows()).map(({ status }) => status).toSorted()).toEqual(["delivered", "pending"]);
  }, within);

  await first.stop();

  const unanswered = (await rows()).find(({ status }) => status === "pending");
  expect(unanswered).toMatchObject({ attempts: 1, claimedUntil: null, outcome: null });
  await work();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), within);
  expect(receiver.received[2]?.id).toBe(unanswered?.id);
});

it("does not let a slow endpoint delay another", async () => {
  const slow = await aReceiver(() => {});
  const quick = await aReceiver();
  const privateHosts = [slow.host, quick.host];
  const [late, soon] = [await scene(slow, { privateHosts }), await scene(quick)];
  await late.work();
  for (let n = 0; n < 30; n++) await late.refuse();
  await soon.refuse();
  await vi.waitFor(() => expect(quick.received).toHaveLength(1), {
    ...within,
    timeout: 12_000, // the slow one is given up after 15 s
  });
});

it("sends nothing to an address inside a private network that is not allowed", async () => {
  const receiver = await aReceiver();
  const { work, refuse, rows } = await scene(receiver, { privateHosts: [] });
  await work();
  await refuse();
  await untilOutcome(rows, { fault: "private-host" });
  expect([receiver.received, receiver.forged]).toEqual([[], []]);
});

it("sends nothing to an address of another organization", async () => {
  const receiver = await aReceiver();
  await scene(receiver);
  const { work, refuse, rows } = await scene(receiver, { privateHosts: [] });
  await work();
  await refuse();
  await untilOutcome(rows, { fault: "private-host" });
  expect([receiver.received, receiver.forged]).toEqual([[], []]);
});

it("follows no redirect, because the other address was not intended", async () => {
  const elsewhere = await aReceiver();
  const receiver = await aReceiver((response) =>
    response.writeHead(307, { location: elsewhere.url }).end(),
  );
  const { work, refuse, rows } = await scene(receiver);
  await work();
  await refuse();
  await untilOutcome(rows, { status: 307 });
  expect([elsewhere.received, elsewhere.forged]).toEqual([[], []]);
});

it("reports why an endpoint was not reached", async () => {
  const receiver = await aReceiver((response) => response.destroy());
  const { work, refuse, rows } = await scene(receiver);
  await work();
  await refuse();
  await untilOutcome(rows, { fault: "ECONNRESET" });
  expect(await rows()).toHaveLength(1);
});

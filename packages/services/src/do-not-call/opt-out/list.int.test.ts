import { ListOptOuts } from "@ringfence/core/do-not-call/opt-out";
import { OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { createWebhook } from "../endpoint/webhook.ts";
import { listOptOuts, readOptOut } from "./list.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aWrongRefusal } from "../../../testing/corrections.ts";

async function scene() {
  const ctx = await aContext();
  const phones = [aNumber(), aNumber(), aNumber()];
  const references: string[] = [];
  for (const phone of phones) {
    const { reference } = await recorded(ctx, { phone, channel: "sms", note: "Stop" });
    references.push(reference);
  }
  const list = async (input: Partial<Parameters<typeof listOptOuts>[1]> = {}) =>
    listOptOuts(ctx, { limit: 10, ...input });
  const listPhones = async (input: Parameters<typeof list>[0]) =>
    (await list(input)).items.map(({ phone }) => phone);
  return { ctx, phones, references, list, listPhones };
}

it("lists page by page, last recorded first", async () => {
  const { phones, list, listPhones } = await scene();

  const first = await list({ limit: 2 });
  const after = OptOutId.parse(first.next);

  expect(first.items.map(({ phone }) => phone)).toEqual([phones[2], phones[1]]);
  expect(first.items[0]).toMatchObject({ channel: "sms", note: "Stop", scope: {} });
  expect(await listPhones({ after, limit: 2 })).toEqual([phones[0]]);
  expect((await list({ after, limit: 2 })).next).toBeNull();
});

it("finds an opt-out by phone or reference, however they are written", async () => {
  const { phones, references, listPhones } = await scene();

  expect(await listPhones({ search: phones[1]?.slice(1) })).toEqual([phones[1]]);
  expect(await listPhones({ search: references[2]?.toLowerCase() })).toEqual([phones[2]]);
  expect(await listPhones({ search: "Ada" })).toEqual([]);
  expect(await listPhones({ channel: "ivr" })).toEqual([]);
});

it("fills a page with any combination of filters", async () => {
  const { ctx } = await anEndpoint();
  const [oldest, older] = [aNumber(), aNumber()];
  for (const phone of [oldest, older]) await recorded(ctx, { phone, channel: "sms" });
  for (const phone of [aNumber(), aNumber()]) await recorded(ctx, { phone, channel: "import" });
  const list = (more: object) =>
    listOptOuts(ctx, ListOptOuts.parse({ reach: "pending", limit: 1, ...more }));

  const first = await list({ imports: false });
  expect(first.items).toMatchObject([{ phone: older }]);
  const second = await list({ imports: false, after: first.next });
  expect(second).toMatchObject({ items: [{ phone: oldest }], next: null });
  expect((await list({ search: oldest })).items).toMatchObject([{ phone: oldest }]);
});

it("shows who recorded it", async () => {
  const { ctx } = await aMember();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });

  const { items } = await listOptOuts(ctx, { limit: 1 });

  expect(items).toMatchObject([{ by: { type: "member", name: "Ada" } }]);
});

it("records who looked", async () => {
  const { ctx, list } = await scene();
  await list();

  const where = { organizationId: ctx.organizationId, action: "opt-out.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { details: { listed: 3 } },
  ]);
});

it("refuses marketers", async () => {
  const { ctx } = await scene();
  await expect(listOptOuts(as(ctx, "marketer"), { limit: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("lists nothing of another organization", async () => {
  const [{ phones }, { listPhones }] = [await scene(), await scene()];
  expect(await listPhones({ search: phones[0] })).toEqual([]);
});

it("shows which dialers have received an opt-out, and how soon", async () => {
  const { ctx, rows, endpointId } = await anEndpoint();
  await createWebhook(as(ctx, "owner"), {
    reason: "The dialer keeps its own list.",
    name: "Another",
    url: "https://other.example/hook",
    events: ["opt-out.recorded"],
  });
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const list = async () => (await listOptOuts(ctx, { limit: 10 })).items[0]?.reach;
  expect(await list()).toEqual({ received: 0, sentTo: 2, tookMs: null });

  const mine = (await rows()).find((row) => row.endpointId === endpointId);
  const heardAt = new Date((mine?.createdAt.getTime() ?? 0) + 400);
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId, id: mine?.id ?? "" },
    data: { heardAt },
  });
  expect(await list()).toEqual({ received: 1, sentTo: 2, tookMs: 400 });
});

it("shows who proposed the correction of an opt-out, and how it ended", async () => {
  const { ctx, phone, optOut, correct } = await aWrongRefusal();
  const { id } = optOut;
  expect(await readOptOut(ctx, { id })).toMatchObject({
    phone,
    correctedAt: null,
    corrections: [],
    whyNotCorrect: null,
  });

  await correct();

  const told = await readOptOut(ctx, { id });
  expect(told).toMatchObject({
    corrections: [{ isOwn: true, by: { type: "member" }, answer: { isAccepted: true } }],
    whyNotCorrect: { key: "opt-out.corrected-already" },
  });
  expect(told.correctedAt).toEqual(told.corrections[0]?.answer?.at);
  const where = { organizationId: ctx.organizationId, action: "opt-out.read" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(2);
});

it("allows readers of opt-outs", async () => {
  const { ctx, optOut } = await aWrongRefusal();
  await expect(readOptOut(as(ctx, "agent"), { id: optOut.id })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("finds no opt-out of another organization", async () => {
  const [{ optOut }, theirs] = [await aWrongRefusal(), await aContext()];
  await expect(readOptOut(theirs, { id: optOut.id })).rejects.toMatchObject({ code: "not-found" });
});

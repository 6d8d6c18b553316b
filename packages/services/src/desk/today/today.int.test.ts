import { aNumber, aSeller } from "@ringfence/db/testing";
import { SellerId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { countStatements } from "../../../testing/count-statements.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import { aCalledPerson, allowed, called, scan } from "../../../testing/violations.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { listNeeds } from "./list-needs.ts";
import { readToday } from "./today.ts";
import { ListOptOuts } from "@ringfence/core/do-not-call/opt-out";
import { ListViolations } from "@ringfence/core/calling/violation";
import { listViolations } from "../../calling/violation/list.ts";
import { listOptOuts } from "../../do-not-call/opt-out/list.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";

const zone = "America/Chicago";
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function screened(ctx: RootContext, refusals: object[], at = hoursAgo(1)) {
  const { organizationId } = ctx;
  await db.prisma.screening.create({
    data: {
      organizationId,
      sellerId: await aSeller(db, organizationId),
      purpose: "marketing",
      dialer: "live_agent",
      at,
      verdict: refusals.length === 0 ? "allow" : "refuse",
      refusals,
      warnings: [],
      checked: {},
      actor: {},
    },
  });
}

const unchecked = (registry: string) => ({ reason: "registry-unchecked", registry });

it("counts refusal reasons of the last 24 hours, each call once per reason", async () => {
  const ctx = await aContext();
  await screened(ctx, []);
  await screened(ctx, [{ reason: "opted-out" }, unchecked("US-TX-NCL"), unchecked("US-FTC-DNC")]);
  await screened(ctx, [{ reason: "opted-out" }, { reason: "opted-out" }]);
  await screened(ctx, [unchecked("US-TX-NCL")], hoursAgo(2));
  await screened(ctx, [{ reason: "suppressed" }], hoursAgo(25));

  const { refusals, day } = await readToday(ctx, { zone });

  expect(refusals).toEqual({
    reasons: [
      { reason: "opted-out", count: 2 },
      { reason: "registry-unchecked", count: 2 },
    ],
    unchecked: { "US-TX-NCL": 2, "US-FTC-DNC": 1 },
  });
  expect(day.hours.reduce((sum, { refused }) => sum + refused, 0)).toBe(3);
});

it("says that no registry is connected to whoever may read them", async () => {
  const ctx = await aContext();
  expect(await readToday(ctx, { zone })).toMatchObject({ hasNoRegistry: true });
  const { organizationId } = ctx;
  await db.prisma.registry.create({
    data: {
      organizationId,
      code: "R",
      name: "R",
      format: { reader: "us-dnc" },
      source: { kind: "folder", path: "lists" },
      maxAgeDays: 31,
    },
  });

  expect(await readToday(ctx, { zone })).toMatchObject({ hasNoRegistry: false });
  expect(await listNeeds(ctx)).toMatchObject([{ kind: "registry-unread" }]);
  expect(await readToday(as(ctx, "agent"), { zone })).toMatchObject({ hasNoRegistry: false });
  expect(await listNeeds(as(ctx, "agent"))).toEqual([]);
});

async function countListed(ctx: RootContext, filters: object) {
  const { items, next } = await listOptOuts(ctx, ListOptOuts.parse(filters));
  expect(next).toBeNull();
  return items.length;
}

it("shows how fast opt-outs of the day took effect and reached dialers", async () => {
  const { ctx, rows } = await anEndpoint();
  const now = Date.now();
  for (const seconds of [0, 1, 60]) {
    await recordOptOut(ctx, {
      phone: aNumber(),
      channel: "sms",
      at: new Date(now - seconds * 1_000),
    });
  }
  expect((await readToday(ctx, { zone })).speed).toMatchObject({ heard: null, waiting: 3 });

  const [first, second] = await rows();
  const { organizationId } = ctx;
  for (const [delivery, ms] of [[first, 40] as const, [second, 400] as const]) {
    await db.prisma.delivery.updateMany({
      where: { organizationId, id: delivery?.id ?? "" },
      data: { status: "delivered", heardAt: new Date((delivery?.createdAt.getTime() ?? 0) + ms) },
    });
  }
  const { speed } = await readToday(ctx, { zone });
  expect(speed).toMatchObject({
    inForce: { count: 3 },
    heard: { count: 2 },
    waiting: 1,
  });
  // From recording to the last endpoint: the delivery was created just after the opt-out was recorded.
  expect(speed.heard?.p50).toBeGreaterThanOrEqual(40);
  expect(speed.heard?.p50).toBeLessThan(400);
  expect(speed.heard?.most).toBeGreaterThanOrEqual(400);
  expect(await countListed(ctx, { from: speed.from, reach: "all" })).toBe(2);
  expect(await countListed(ctx, { reach: "pending" })).toBe(1);
  const officer = await aContext();
  expect(await countListed(officer, { from: speed.from, reach: "all" })).toBe(0);
  expect(await countListed(officer, { reach: "pending" })).toBe(0);
  expect(speed.inForce?.worst).toBeGreaterThanOrEqual(60_000);
  expect(speed.inForce?.p50).toBeLessThan(60_000);
});

it("measures only opt-outs of the member's sellers and of all sellers", async () => {
  const { ctx, rows } = await anEndpoint();
  const { organizationId } = ctx;
  const bank = SellerId.parse(await aSeller(db, organizationId, "bank"));
  await aSeller(db, organizationId, "shop");
  for (const scope of [{ seller: "shop" }, { seller: "shop" }, { seller: "bank" }, undefined]) {
    await recordOptOut(ctx, { phone: aNumber(), channel: "sms", scope });
  }
  const marketer: RootContext = {
    ...ctx,
    actor: { type: "member", id: "bob", role: "marketer", sellerIds: [bank] },
  };
  const speed = async (by: RootContext) => (await readToday(by, { zone })).speed;
  expect(await speed(ctx)).toMatchObject({ inForce: { count: 4 }, heard: null, waiting: 4 });
  expect(await speed(marketer)).toMatchObject({ inForce: { count: 2 }, heard: null, waiting: 2 });

  for (const { id, createdAt } of await rows()) {
    await db.prisma.delivery.updateMany({
      where: { organizationId, id },
      data: { status: "delivered", heardAt: createdAt },
    });
  }
  expect(await speed(ctx)).toMatchObject({ heard: { count: 4 }, waiting: 0 });
  expect(await speed(marketer)).toMatchObject({ heard: { count: 2 }, waiting: 0 });
});

it("sends as many statements for ten registries as for one", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const connect = (code: string) =>
    db.prisma.registry.create({
      data: {
        organizationId,
        code,
        name: code,
        format: { reader: "us-dnc" },
        source: { kind: "folder", path: "lists" },
        maxAgeDays: 31,
      },
    });
  const count = () =>
    countStatements(async () => {
      await readToday(ctx, { zone });
      await listNeeds(ctx);
    });
  await connect("R-0");
  await readToday(ctx, { zone }); // finds what it keeps, such as the token of the organization
  const ofOne = await count();
  await Promise.all(Array.from({ length: 9 }, (_, index) => connect(`R-${index + 1}`)));
  expect(await count()).toBe(ofOne);
  expect(ofOne).toBeLessThanOrEqual(36);
});

it("counts calls of a month that bypassed screening, and shows that violations wait", async () => {
  const { ctx, phone, phoneId, ...who } = await aCalledPerson();
  const [at, later] = [hoursAgo(3), hoursAgo(2)];
  await allowed(ctx, { phoneId, ...who }, at);
  await refuseCalls(ctx, phoneId, hoursAgo(2.5));
  await called(ctx, phone, at, later);
  await scan(ctx);

  const { organizationId } = ctx;
  await db.prisma.callDay.create({
    data: { organizationId, day: hoursAgo(40 * 24), calls: 7, bypassed: 3 },
  });

  const { month, monthFrom, monthBefore } = await readToday(ctx, { zone });
  expect(month).toEqual({ calls: 2, bypassed: 1, afterRefusal: 1 });
  expect(monthBefore).toEqual({ calls: 7, bypassed: 0, afterRefusal: 0 });
  const count = async (filters: object) =>
    (await listViolations(ctx, ListViolations.parse({ status: "all", ...filters }))).count;
  expect(await count({ cause: "bypassed", from: monthFrom })).toBe(1);
  expect(await count({ cause: "opted-out", from: monthFrom })).toBe(1);
  expect(await count({ cause: "bypassed", from: new Date() })).toBe(0);
  const [first] = await listNeeds(ctx);
  expect(first).toMatchObject({ kind: "violations-open", when: "now", grave: 1, overdue: 0 });
  expect(await listNeeds(as(ctx, "agent"))).toEqual([]);
});

it("shows nothing of another organization", async () => {
  await screened(await aContext(), [{ reason: "opted-out" }]);
  const other = await aContext();
  expect(await listNeeds(other)).toEqual([]);
  expect(await readToday(other, { zone })).toMatchObject({
    refusals: { reasons: [], unchecked: {} },
    hasNoRegistry: true,
  });
});

it("refuses actors that are not members", async () => {
  const ctx = await aContext({ type: "job", name: "registry.sync" });
  await expect(readToday(ctx, { zone })).rejects.toMatchObject({ code: "forbidden" });
});

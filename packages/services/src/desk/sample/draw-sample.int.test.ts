import { createHash } from "node:crypto";
import { DrawSample, type SampleKind } from "@ringfence/core/desk/sample";
import { SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { aCalledPerson, allowed, called } from "../../../testing/violations.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import type { RootContext } from "../../platform/context.ts";
import { drawSample } from "./draw-sample.ts";

const DAY = 86_400_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

const draw = (ctx: RootContext, more: Partial<DrawSample> = {}) =>
  drawSample(
    ctx,
    DrawSample.parse({
      kind: "opt-outs",
      seed: "river",
      size: 3,
      from: new Date(Date.now() - 30 * DAY),
      until: new Date(Date.now() + DAY),
      ...more,
    }),
  );

/** An organization with ten opt-outs. */
async function scene() {
  const ctx = await aContext();
  for (let n = 0; n < 10; n++) await recorded(ctx, { phone: aNumber(), channel: "web" });
  return ctx;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

it("draws what anybody can compute from the seed and the ids, each time the same", async () => {
  const ctx = await scene();
  const { organizationId } = ctx;
  const all = await db.prisma.optOut.findMany({ where: { organizationId }, select: { id: true } });
  const expected = (seed: string) =>
    all
      .map(({ id }) => ({ id, hash: sha256(`${seed}\n${id}`) }))
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
      .slice(0, 3)
      .map(({ id }) => id);
  for (const seed of ["river", "delta", "'; DROP TABLE opt_out; --"]) {
    const { items, population } = await draw(ctx, { seed });
    expect(population).toBe(10);
    expect(items.map(({ id }) => id)).toEqual(expected(seed));
    expect((await draw(ctx, { seed })).items).toEqual(items);
  }
  expect(expected("river")).not.toEqual(expected("delta"));
});

it("keeps every draw in the audit trail, with the hash of its seed", async () => {
  const ctx = await scene();
  await draw(ctx);
  await draw(ctx, { seed: "delta", size: 50 });
  const rows = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId, action: "sample.draw" },
    orderBy: { id: "asc" },
    select: { details: true },
  });
  expect(rows.map(({ details }) => details)).toMatchObject([
    { sampled: "opt-outs", seedSha256: sha256("river"), size: 3, population: 10 },
    { sampled: "opt-outs", seedSha256: sha256("delta"), size: 10, population: 10 },
  ]);
});

it("draws each kind in the span only, a call with the screening before it", async () => {
  const { ctx, phone, phoneId, ...who } = await aCalledPerson();
  const screeningId = await allowed(ctx, { phoneId, ...who }, hoursAgo(5));
  await called(ctx, phone, hoursAgo(5), hoursAgo(24 * 40));
  await recordConsent(ctx, aConsent({ phone: aNumber() }));
  await recorded(ctx, { phone: aNumber(), channel: "web" });
  const drawn = async (kind: SampleKind) => (await draw(ctx, { kind, size: 50 })).items;

  expect(await drawn("calls")).toMatchObject([{ phoneId, phone, screeningId }]);
  expect(await drawn("screenings")).toMatchObject([{ id: screeningId, phone }]);
  const consents = await drawn("consents");
  expect(consents.length).toBeGreaterThan(0);
  const known = await db.prisma.consentEvent.findMany({
    where: { organizationId: ctx.organizationId, consentId: { in: consents.map(({ id }) => id) } },
  });
  expect(known.length).toBeGreaterThanOrEqual(consents.length);
  expect(await drawn("opt-outs")).toHaveLength(1);
});

it("draws nothing of another organization or another seller, and not for every role", async () => {
  const ctx = await scene();
  expect(await draw(await aContext())).toEqual({ items: [], population: 0 });
  const { ctx: busy, phone } = await aCalledPerson();
  await called(busy, phone, hoursAgo(3));
  const bank = SellerId.parse(await aSeller(db, busy.organizationId, "bank"));
  const ofBank: RootContext = {
    ...busy,
    actor: { type: "member", id: "bob", role: "auditor", sellerIds: [bank] },
  };
  expect((await draw(ofBank, { kind: "calls" })).population).toBe(0);
  expect((await draw(as(busy, "auditor"), { kind: "calls" })).population).toBe(1);
  for (const role of ["agent", "marketer", "developer"] as const) {
    await expect(draw(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("refuses a span of more than a year, and one that ends before it begins", () => {
  const asked = { kind: "calls", seed: "river", size: 3, until: new Date() };
  for (const from of [new Date(Date.now() - 367 * DAY), new Date(Date.now() + DAY)]) {
    expect(DrawSample.safeParse({ ...asked, from }).success).toBe(false);
  }
});

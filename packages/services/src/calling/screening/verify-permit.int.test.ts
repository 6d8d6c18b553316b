import type { VerifyPermit } from "@ringfence/core/calling/screening";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPermit } from "../../../testing/permits.ts";
import { aCallablePhone, aFederalNumber, refuseCalls } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { forgetPermits, verifyPermit } from "./verify-permit.ts";
import { screenCall } from "./screen-call.ts";

const purpose = "marketing.loans";

/** A permit to call somebody who may be called. */
async function scene() {
  const ctx = await aContext();
  const callable = await aCallablePhone(ctx);
  const { phone } = callable;
  const { permit = "", id } = await screenCall(ctx, { phone, purpose, campaign: "spring" });
  const check = (more: Partial<VerifyPermit> = {}, by = ctx) =>
    verifyPermit(by, { permit, phone, singleUse: false, ...more });
  return { ctx, ...callable, permit, id, check };
}

it("screens the same call again, and gives no new permit", async () => {
  const { ctx, phone, id, check } = await scene();
  const answer = await check({ phone: ` ${phone.slice(0, 5)} ${phone.slice(5)}` });

  expect(answer).toMatchObject({ verdict: "allow", phone });
  expect(answer).not.toHaveProperty("permit");
  expect(answer.id).not.toBe(id);
  const { organizationId } = ctx;
  expect(
    await db.prisma.screening.findFirst({ where: { organizationId, id: answer.id } }),
  ).toMatchObject({ verdict: "allow", purpose, campaign: "spring", permitUntil: null });
});

it("refuses a queued number whose person opted out after the permit was issued", async () => {
  const { ctx, phoneId, check } = await scene();
  await refuseCalls(ctx, phoneId);
  const { verdict, refusals } = await check({ singleUse: true });
  expect([verdict, refusals.map(({ reason }) => reason)]).toEqual(["refuse", ["opted-out"]]);
});

it("accepts a single-use permit once, even under concurrency", async () => {
  const { check } = await scene();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => check({ singleUse: true })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const singleUse of [true, false]) {
    await expect(check({ singleUse })).rejects.toMatchObject({
      code: "conflict",
      explanation: { key: "permit.used" },
    });
  }
});

it("may be verified any number of times otherwise", async () => {
  const { check } = await scene();
  for (let n = 0; n < 3; n++) expect((await check()).verdict).toBe("allow");
});

it("is valid only for its own number", async () => {
  const { check } = await scene();
  for (const phone of [aFederalNumber(), "no number"]) {
    await expect(check({ phone })).rejects.toMatchObject({
      code: "invalid",
      explanation: { key: "permit.other-number" },
    });
  }
});

it.each<[string, (permit: string) => string]>([
  ["nothing", () => ""],
  ["garbage", () => "a.b.c"],
  ["another signature", (permit) => permit.replace(/\.[\w-]+$/, `.${"A".repeat(86)}`)],
  ["another payload", (permit) => permit.replace(/\.eyJ/, ".eyK")],
  ["no algorithm", (permit) => permit.replace(/^[^.]+/, "eyJhbGciOiJub25lIn0")],
  ["no signature", (permit) => permit.replace(/[^.]+$/, "")],
])("knows that %s is no permit", async (_, spoil) => {
  const { permit, check } = await scene();
  await expect(check({ permit: spoil(permit) })).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "permit.not-ours" },
  });
});

it("expires by the database's clock", async () => {
  const { ctx, phone, check } = await scene();
  const seller = await aSeller(db, ctx.organizationId);
  const given = (at: Date) => aPermit(ctx, { phone, seller, purpose, at });
  const now = Date.now();
  expect((await check({ permit: await given(new Date(now - 50_000)) })).verdict).toBe("allow");
  await expect(check({ permit: await given(new Date(now - 61_000)) })).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "permit.ended" },
  });
});

it("is invalid in another organization, although one key signs for all", async () => {
  const { check } = await scene();
  await expect(check({}, await aContext())).rejects.toMatchObject({
    explanation: { key: "permit.not-ours" },
  });
});

it.each([
  ["its call is on record, and nobody can bring it any more", 1 / 24, new Date()],
  ["its call would count for no cap", 32, null],
])("forgets what was verified when %s", async (_, days, callAt) => {
  const { ctx, id, check } = await scene();
  await check({ singleUse: true });
  const { organizationId } = ctx;
  const marks = () => db.prisma.verifiedPermit.count({ where: { organizationId } });
  const endedAgo = async (ms: number) => {
    await db.prisma.verifiedPermit.updateMany({
      where: { organizationId, screeningId: id },
      data: { expiresAt: new Date(Date.now() - ms), callAt },
    });
    await forgetPermits(db);
  };
  await endedAgo(days * 86_400_000 - 60_000);
  expect(await marks()).toBe(1);
  await endedAgo(days * 86_400_000 + 1_000);
  expect(await marks()).toBe(0);
});

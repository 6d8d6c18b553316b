import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { Phone } from "@ringfence/core/people/phone";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aVisitor } from "../../../testing/visitors.ts";
import type { Visitor } from "../burst/note-refusal.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { openReceipt } from "./open-public.ts";
import { refuseOnPage } from "./refuse-on-page.ts";

async function scene() {
  const ctx = await aContext({ type: "visitor", page: "stop" });
  const { organizationId } = ctx;
  const now = await inTransaction(ctx, async ({ now }) => now); // however long the test takes
  const visitor = aVisitor();
  const refuse = (phone: string, more: { scope?: RecordOptOut["scope"]; visitor?: Visitor } = {}) =>
    inTransaction(ctx, (ctx) =>
      refuseOnPage({ ...ctx, now }, { phone, scope: undefined, visitor, ...more }),
    );
  const optOuts = () =>
    db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } });
  return { ctx, refuse, optOuts };
}

it("is in force when it returns, whoever typed the number", async () => {
  const { ctx, refuse, optOuts } = await scene();
  const phone = aNumber();
  const { receipt } = await refuse(phone);
  expect(await optOuts()).toMatchObject([
    {
      scope: "all",
      channel: "web",
      actor: { type: "visitor", id: "stop" },
      phone: { e164: phone },
    },
  ]);
  const [row] = await optOuts();
  expect(await openReceipt(ctx, receipt ?? "")).toMatchObject({ optOutId: row?.id });
  const dialer = as(ctx, "agent");
  const answer = await screenCall(dialer, { phone, purpose: "marketing" });
  expect(answer.refusals.map(({ reason }) => reason)).toContain("opted-out");
});

it("reads a number in whatever spelling as one", async () => {
  const { ctx, refuse, optOuts } = await scene();
  await db.prisma.organization.updateMany({
    where: { id: ctx.organizationId },
    data: { homeRegion: "RU" },
  });
  for (const spelling of [
    "+7 999 000-00-17",
    "8 (999) 000 00 17",
    "89990000017",
    "9990000017",
    "007.999.000.00.17",
  ]) {
    expect(await refuse(spelling)).toMatchObject({ receipt: expect.any(String) });
  }
  const numbers = (await optOuts()).map(({ phone }) => phone.e164);
  expect(new Set(numbers)).toEqual(new Set([Phone.parse("+79990000017")]));
});

it("keeps what is no number once, and nothing where nothing was typed", async () => {
  const { ctx, refuse } = await scene();
  for (const typed of ["call me", "call me", ""]) {
    expect(await refuse(typed)).toHaveProperty("fault");
  }
  const { organizationId } = ctx;
  const kept = await db.prisma.misreadOptOut.findMany({ where: { organizationId } });
  expect(kept.map(({ input }) => input)).toEqual(["call me"]);
});

it("refuses what the person chose, and all calls where nobody knows what that is", async () => {
  const { refuse, optOuts } = await scene();
  await refuse(aNumber(), { scope: { seller: "acme" } });
  await refuse(aNumber(), { scope: { seller: "gone" } });
  expect((await optOuts()).map(({ scope }) => scope).toSorted()).toEqual(["all", "seller"]);
});

it("loses no refusal of who asks too often, and gives nothing away", async () => {
  const { ctx, refuse, optOuts } = await scene();
  const [phone, other] = [aNumber(), aNumber()];
  await recorded(as(ctx, "officer"), { phone: other, channel: "agent" });
  const early = Array.from({ length: 60 }, () => aNumber());
  for (const phone of early) expect(await refuse(phone)).not.toEqual({ receipt: null });
  expect(await refuse(phone)).toEqual({ receipt: null });
  expect(await refuse(phone)).toEqual({ receipt: null });
  expect(await refuse(other)).toEqual({ receipt: null });
  const refused = (await optOuts()).map(({ phone }) => phone.e164);
  expect(refused).toHaveLength(62);
  expect(new Set(refused)).toEqual(new Set([...early, phone, other]));
});

it("keeps what is no number for an officer, and says what to do", async () => {
  const { ctx, refuse } = await scene();
  expect(await refuse("my phone")).toMatchObject({ fault: { key: "opt-out.number-unreadable" } });
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
    { input: "my phone", channel: "web" },
  ]);
});

it("counts in another organization only when said there", async () => {
  const [mine, theirs] = [await scene(), await scene()];
  await mine.refuse(aNumber());
  expect(await theirs.optOuts()).toEqual([]);
  const form = { ...mine.ctx, actor: { type: "job", name: "segment.refresh" } as const };
  await expect(
    refuseOnPage(form, { phone: aNumber(), scope: undefined, visitor: aVisitor() }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

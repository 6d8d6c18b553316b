import { BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { findRefusalReasons } from "../../../testing/corrections.ts";
import { aFloodedPage } from "../../../testing/flooded-page.ts";
import { FLOOD, aPublicPage, someNumbers } from "../../../testing/floods.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as, db } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { aVisitor, aWorkingVisitor } from "../../../testing/visitors.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { optOutByLink, readOptOutChoices } from "../stop-page/stop-page.ts";
import { readOptOutFeed } from "../opt-out/feed.ts";
import { findOrAddPhone } from "../../people/phone/phones.ts";
import { answerBurstLifting, proposeBurstLifting } from "./decide.ts";
import { liftBurst } from "./lift.ts";
import { readBurst } from "./list.ts";

it("lifts the opt-outs of a flood when two officers agree, each with a correction on the ledger", async () => {
  const { phones, lift, isRefused, officer, burstId } = await aFloodedPage();
  await lift();
  const [first = "", last = ""] = [phones[0], phones.at(-1)];
  expect([await isRefused(first), await isRefused(last)]).toEqual([false, false]);
  expect(await readBurst(officer, { id: await burstId() })).toMatchObject({
    refusals: FLOOD,
    recorded: phones.length,
    lifted: phones.length,
  });
  const stated = (await openPhoneStatements(officer)).filter(
    ({ kind }) => kind === "opt-out.corrected",
  );
  expect(stated).toHaveLength(phones.length);
  expect(stated[0]).toMatchObject({ claims: { phone: expect.any(String), reason: "flood" } });
  const { items } = await readOptOutFeed(officer, { limit: 1_000 });
  expect(items.filter(({ change }) => change === "lifted")).toHaveLength(phones.length);
});

it("keeps an opt-out that the person made too: on the page from another address, by link, by mail or to an agent", async () => {
  const numbers = someNumbers(5);
  const [again = "", link = "", mail = "", agent = "", only = ""] = numbers;
  const { officer, refuse, lift, isRefused, burstId } = await aFloodedPage(numbers);
  await refuse(again);
  await optOutByLink(await actAsPerson(officer, link), { channel: "web" });
  await optOutByLink(await actAsPerson(officer, mail), { channel: "email" });
  await recorded(as(officer, "agent"), { phone: agent, channel: "agent" });
  await lift({ includesProof: true });

  const own = [again, link, mail, agent];
  expect(await Promise.all(own.map(isRefused))).toEqual([true, true, true, true]);
  expect(await isRefused(only)).toBe(false);
  const { optOuts } = await readBurst(officer, { id: await burstId(), after: undefined });
  const kept = optOuts.filter(({ phone }) => own.some((it) => it === phone));
  expect(kept.map(({ stayReason }) => stayReason?.key)).toEqual(
    Array(own.length).fill("opt-out.correction-said-again"),
  );
});

async function actAsPerson(ctx: RootContext, phone: string): Promise<RootContext> {
  const phoneId = await inTransaction(ctx, (ctx) => findOrAddPhone(ctx, Phone.parse(phone)));
  return { ...ctx, actor: { type: "person", phoneId } };
}

it("keeps an opt-out that a person made before the flood repeated it", async () => {
  const { refuse, flood, officer, other, bursts } = await aPublicPage();
  const phone = aNumber();
  await refuse(phone);
  await flood([phone, ...someNumbers(3)]);
  const id = RefusalBurstId.parse((await bursts())[0]?.id);
  const asked = { id, reason: "A script sent them.", includesProof: true };
  const { id: liftingId } = await proposeBurstLifting(officer, asked);
  await answerBurstLifting(other, { id: liftingId, isAccepted: true });
  const job: RootContext = { ...officer, actor: { type: "job", name: "burst.lift" } };
  await liftBurst(job, { liftingId, after: null });
  expect(await findRefusalReasons(officer, phone)).toContain("opted-out");
});

it("keeps opt-outs made with a proof of work after the burst began, even if the lifting includes proofs", async () => {
  const { page, refuse, lift, address, isRefused, phones } = await aFloodedPage();
  const phone = aNumber();
  const challenge = async () => (await readOptOutChoices(page)).challenge;
  await refuse(phone, aWorkingVisitor(await challenge(), address));
  // The person behind a flooded number opts out too, from the address that they share with the flood.
  const [shared = ""] = phones;
  await refuse(shared, aWorkingVisitor(await challenge(), address));
  await lift({ includesProof: true });
  expect([await isRefused(phone), await isRefused(shared)]).toEqual([true, true]);
  expect(await isRefused(phones[1] ?? "")).toBe(false);
});

it("keeps opt-outs that came from the same address after an officer asked for the lifting", async () => {
  const { refuse, propose, other, perform, address, phones, isRefused, bursts } =
    await aFloodedPage();
  const { id } = await propose();
  const phone = aNumber();
  await refuse(phone, aVisitor(address));
  await answerBurstLifting(other, { id, isAccepted: true });
  await perform(id);
  expect([await isRefused(phones[0] ?? ""), await isRefused(phone)]).toEqual([false, true]);
  expect(await bursts()).toHaveLength(2);
});

it("lifts an opt-out even if the same flood sent it twice", async () => {
  const { flood, phones, address, lift, isRefused } = await aFloodedPage();
  await flood(phones, address);
  await flood(phones); // and from another address, as another burst
  const first = phones[0] ?? "";
  await lift();
  expect(await isRefused(first)).toBe(true); // by the second burst
  await lift({ place: 1 });
  expect(await isRefused(first)).toBe(false);
});

it("lifts each opt-out once if the job starts again, and none of another organization", async () => {
  const { officer, phones, propose, other, perform, burstId } = await aFloodedPage();
  const { id } = await propose();
  await answerBurstLifting(other, { id, isAccepted: true });
  await perform(id);
  await perform(id);
  const { items } = await readOptOutFeed(officer, { limit: 1_000 });
  expect(items.filter(({ change }) => change === "lifted")).toHaveLength(phones.length);
  const elsewhere = await aPublicPage();
  const job: RootContext = { ...elsewhere.officer, actor: { type: "job", name: "burst.lift" } };
  expect(await liftBurst(job, { liftingId: id, after: null })).toBeNull();
  expect(await readBurst(officer, { id: await burstId() })).toMatchObject({
    lifted: phones.length,
  });
});

it("lifts nothing for rows that somebody inserts into the database, even with the MAC of another answer", async () => {
  const { officer, other, organizationId, propose, perform, isRefused, phones } =
    await aFloodedPage();
  const { id: genuineId } = await propose();
  await answerBurstLifting(other, { id: genuineId, isAccepted: true });
  const genuine = await db.prisma.burstLiftingAnswer.findFirstOrThrow({
    where: { organizationId, liftingId: genuineId },
  });
  const victim = aNumber();
  const { id: victimId } = await recorded(as(officer, "agent"), {
    phone: victim,
    channel: "agent",
  });
  const now = new Date();
  const insertLifting = async (optOutIds: string[], mac: Uint8Array<ArrayBuffer> | null) => {
    const burst = await db.prisma.refusalBurst.create({
      data: { organizationId, openedAt: now, lastAt: now },
    });
    const lifting = await db.prisma.burstLifting.create({
      data: {
        organizationId,
        burstId: burst.id,
        includesProof: true,
        proposedAt: now,
        actor: { type: "member", id: "one" },
      },
    });
    const actor = { type: "member", id: "two" };
    await db.prisma.burstLiftingAnswer.create({
      data: {
        organizationId,
        liftingId: lifting.id,
        isAccepted: true,
        answeredAt: now,
        actor,
        optOutIds,
        mac,
      },
    });
    return BurstLiftingId.parse(lifting.id);
  };

  await perform(await insertLifting([victimId], null));
  await perform(await insertLifting([victimId], genuine.mac));
  await perform(await insertLifting(genuine.optOutIds, genuine.mac));

  expect(await isRefused(victim)).toBe(true);
  expect(await isRefused(phones[0] ?? "")).toBe(true);
  await perform(genuineId);
  expect([await isRefused(victim), await isRefused(phones[0] ?? "")]).toEqual([true, false]);
});

it("names no opt-out that a member recorded, even if an inserted row puts it into the burst", async () => {
  const { officer, other, organizationId, propose, perform, isRefused, burstId, phones } =
    await aFloodedPage();
  const victim = aNumber();
  const { id: optOutId } = await recorded(as(officer, "agent"), {
    phone: victim,
    channel: "agent",
  });
  const request = await db.prisma.anonymousRefusal.create({
    data: {
      organizationId,
      optOutId,
      isNew: true,
      addressKey: new Uint8Array(32),
      hasProof: false,
      receivedAt: new Date(Date.now() - 60_000),
    },
  });
  await db.prisma.burstRefusal.create({
    data: { organizationId, burstId: await burstId(), refusalId: request.id },
  });

  const { id } = await propose({ includesProof: true });
  await answerBurstLifting(other, { id, isAccepted: true });
  await perform(id);

  expect([await isRefused(victim), await isRefused(phones[0] ?? "")]).toEqual([true, false]);
});

import { aPhone } from "@ringfence/db/testing";
import { expect, it, vi } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aRunningCampaign, approve, asDialer, permitsEnd } from "../../../testing/campaigns.ts";
import { aPhoneAtNoon, addAnotherPhone, refuseCalls } from "../../../testing/phones.ts";
import { as, db } from "../../../testing/scenes.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { exportCalls, handOverCalls } from "./hand-over.ts";
import { moveCampaign } from "./move.ts";
import { saveCampaign } from "./save.ts";
import { type HeldPeople, confirmHolds, findUnheld, holdPeople } from "./held-phones.ts";

type Asked = { dialer?: string; after?: string; limit?: number; key?: string };

const handed = (ctx: RootContext, { dialer, key = "spring", limit = 100, after }: Asked = {}) =>
  handOverCalls(asDialer(ctx, dialer), { key, limit, ...(after !== undefined && { after }) });

const phonesIn = ({ items }: { items: readonly { phone: string }[] }) =>
  items.map(({ phone }) => phone).toSorted();

it("gives a person to one dialer at a time until the permit ends", async () => {
  const { ctx } = await aRunningCampaign();
  const first = await handed(ctx);
  expect(first.items).toHaveLength(2);
  // Another key, the same key starting over, and a file all get nobody.
  expect((await handed(ctx, { dialer: "other" })).items).toEqual([]);
  expect((await handed(ctx)).items).toEqual([]);
  const { page } = await exportCalls(ctx, {
    campaignId: (await findCampaign(ctx)).id as never,
    reason: "The dialer takes files alone.",
  });
  expect((await page()).items).toEqual([]);

  const { organizationId } = ctx;
  const held = await db.prisma.handedPhone.findMany({ where: { organizationId } });
  // Two people with three phones are held; the person who must not be called is not.
  expect(held.map(({ until }) => until)).toEqual(
    Array.from({ length: 3 }, () => first.items[0]?.expiresAt),
  );
  await permitsEnd(ctx);
  expect(phonesIn(await handed(ctx, { dialer: "other" }))).toEqual(phonesIn(first));
});

const findCampaign = ({ organizationId }: RootContext) =>
  db.prisma.campaign.findFirstOrThrow({ where: { organizationId } });

it("releases a person when a call to any of their phones is recorded", async () => {
  const { ctx, bo } = await aRunningCampaign({ cap: { calls: 10, days: 1 } });
  const first = await handed(ctx);
  const { phoneId } = await db.prisma.contactPhone.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, contactId: bo.contactId },
    orderBy: { phoneId: "desc" },
  });
  const { e164 } = await db.prisma.phone.findFirstOrThrow({ where: { id: phoneId } });
  const call = { phone: e164, purpose: "marketing", at: new Date().toISOString() };
  await recordCalls(asDialer(ctx), { rows: [{ ...call, campaign: "inhouse" }] });
  expect((await handed(ctx)).items).toEqual([]);
  await recordCalls(asDialer(ctx), { rows: [{ ...call, campaign: "spring", outcome: "busy" }] });
  const again = phonesIn(await handed(ctx));
  expect(again).toHaveLength(1);
  expect(phonesIn(first)).toContain(again[0]);
});

it("gives a page again with fresh permits to its dialer, and to nobody else", async () => {
  const { ctx, ada } = await aRunningCampaign();
  const first = await handed(ctx);
  const again = await handed(ctx, { after: first.page });
  expect([phonesIn(again), again.page, again.next]).toEqual([phonesIn(first), first.page, null]);
  expect(again.items[0]?.permit).not.toBe(first.items[0]?.permit);

  const notFound = { explanation: { key: "campaign.hand-over-not-found" } };
  for (const asked of [
    { dialer: "other", after: first.page },
    { after: `${ctx.organizationId}.0` },
  ]) {
    await expect(handed(ctx, asked)).rejects.toMatchObject(notFound);
  }
  // The page is screened again: a person who has opted out since is not on it, and stays held as long as
  // before.
  await refuseCalls(ctx, ada.phoneId);
  expect((await handed(ctx, { after: first.page })).items).toHaveLength(1);
  expect(await db.prisma.handedPhone.count({ where: { phoneId: ada.phoneId } })).toBe(1);
});

it("divides people between dialers that ask at once, including those who share a phone", async () => {
  const { ctx, cy, di, ed } = await aRunningCampaign();
  const { organizationId } = ctx;
  const phoneId = await aPhone(db, organizationId);
  for (const { contactId } of [cy, di, ed]) {
    const { ordinal } = await db.prisma.contact.findFirstOrThrow({ where: { id: contactId } });
    const whose = { organizationId, contactId, contactOrdinal: ordinal };
    await db.prisma.contactPhone.create({ data: { ...whose, phoneId } });
  }
  const dialers = Array.from({ length: 6 }, (_, index) => `dialer-${index}`);
  const pages = await Promise.all(dialers.map((dialer) => handed(ctx, { dialer, limit: 1 })));
  const given = pages.flatMap(phonesIn);
  expect(new Set(given).size).toBe(given.length);
  const rest = await handed(ctx, { dialer: "last" });
  expect(new Set([...given, ...phonesIn(rest)]).size).toBe(2);
});

it("holds a person for one campaign against all others", async () => {
  const { ctx, marketer, segmentId, offerId } = await aRunningCampaign();
  const other = aPlan({ segmentId, offerId }, { key: "urgent", priority: 90 });
  const { id: campaignId } = await saveCampaign(marketer, other);
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await approve(ctx, campaignId);
  const first = await handed(ctx);
  await moveCampaign(as(ctx, "marketer"), { campaignId, act: "start" });
  expect((await handed(ctx, { key: "urgent" })).items).toEqual([]);
  await permitsEnd(ctx);
  expect(phonesIn(await handed(ctx, { key: "urgent" }))).toEqual(phonesIn(first));
});

const inAnHour = () => new Date(Date.now() + 3_600_000);

/** Creates two people with a phone each and one that they share, and two hand-overs that ask for them. */
async function scene() {
  const { ctx, campaignId } = await aRunningCampaign();
  const { organizationId } = ctx;
  const [first, second] = [await aPhoneAtNoon(ctx), await aPhoneAtNoon(ctx)];
  const shared = await addAnotherPhone(ctx, first.contactId);
  const { contactId } = second;
  await db.prisma.contactPhone.create({
    data: { organizationId, contactId, phoneId: shared.phoneId },
  });
  const findOrdinal = async (id: string) =>
    (await db.prisma.contact.findFirstOrThrow({ where: { organizationId, id } })).ordinal;
  const aHandOver = async () => {
    const { id } = await db.prisma.campaignHandOver.create({
      data: { organizationId, campaignId, people: 0, calls: 0, at: new Date(), actor: {} },
    });
    return id;
  };
  const [one, other] = [await aHandOver(), await aHandOver()];
  return {
    one,
    other,
    x: await findOrdinal(first.contactId),
    y: await findOrdinal(second.contactId),
    hold: async (handOverId: string, ...ordinals: number[]) =>
      inTransaction(ctx, async (ctx) => holdPeople(ctx, handOverId, ordinals)),
    keep: async (
      { pagePeople, ...held }: HeldPeople & { pagePeople: number[] },
      given: number[],
      until: Date | null = inAnHour(),
    ) => confirmHolds(ctx, one, { ...held, pagePeople, given, until }),
    freeFor: async (handOverId: string, ...ordinals: number[]) =>
      inTransaction(ctx, async (ctx) => findUnheld(ctx, handOverId, ordinals)),
    call: async (phone: string) => {
      const row = { phone, purpose: "marketing", at: new Date().toISOString(), campaign: "spring" };
      expect(await recordCalls(asDialer(ctx), { rows: [row] })).toMatchObject({ accepted: 1 });
    },
    within: async <T>(work: (ctx: TransactionContext) => Promise<T>) => inTransaction(ctx, work),
    phones: { shared: shared.phone, ofX: first.phone },
  };
}

it("holds a phone for the person it was given for when its other owners are released", async () => {
  const { one, other, x, y, hold, keep, freeFor, call, phones } = await scene();
  const held = await hold(one, x, y);
  await keep({ ...held, pagePeople: [x, y] }, [y]);
  expect(await freeFor(other, x, y)).toEqual([]);
  expect(await hold(other, x, y)).toMatchObject({ ordinals: [] });
  await call(phones.shared);
  expect(await freeFor(other, x, y)).toEqual([x, y]);
});

it("releases nobody for a call to a phone that was held for two people", async () => {
  const { one, other, x, y, hold, keep, freeFor, call, phones } = await scene();
  const held = await hold(one, x, y);
  await keep({ ...held, pagePeople: [x, y] }, [x, y]);
  await call(phones.shared);
  expect(await freeFor(other, x, y)).toEqual([]);
  // That call was to X; the shared phone is still held for the other person.
  await call(phones.ofX);
  expect(await freeFor(other, x, y)).toEqual([]);
});

/** Begins something that has to wait for a transaction, and ends that when it does, or is done. */
const behind = async <T>(
  ctx: TransactionContext,
  begun: Promise<T>,
): Promise<{ done: Promise<T> }> => {
  let isDone = false;
  const done = begun.finally(() => {
    isDone = true;
  });
  const [me] = await ctx.db.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
  await vi.waitFor(
    async () => {
      const { rowCount } = await db.pool.query(
        "SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))",
        [me.pid],
      );
      expect(isDone || rowCount === 1).toBe(true);
    },
    { timeout: 4_000, interval: 20 },
  );
  return { done };
};

it("gives the owners of one phone to one of two dialers that ask at once", async () => {
  const { one, other, x, y, hold, within } = await scene();
  const { done } = await within(async (ctx) => {
    expect(await holdPeople(ctx, one, [x])).toMatchObject({ ordinals: [x] });
    return behind(ctx, hold(other, y));
  });
  expect(await done).toMatchObject({ ordinals: [], before: [] });
});

it("sees who was handed over while it waited, and releases nobody who is held again", async () => {
  const { one, other, x, hold, keep, freeFor, within } = await scene();
  const { held, done } = await within(async (ctx) => ({
    held: await holdPeople(ctx, one, [x]),
    ...(await behind(ctx, hold(one, x))),
  }));
  const again = await done;
  expect([held.before, again.before]).toEqual([[], [x]]);
  // The first request ends late and allows nobody; the second may have issued a permit meanwhile.
  await keep({ ...held, pagePeople: [x] }, [], null);
  expect(await freeFor(other, x)).toEqual([]);
});

it("holds a person given twice at one instant for the longer of the two permits", async () => {
  const { one, other, x, keep, freeFor, within } = await scene();
  const now = new Date();
  const holdNow = async () => within(async (ctx) => holdPeople({ ...ctx, now }, one, [x]));
  const [held, again] = [await holdNow(), await holdNow()];
  await keep({ ...again, pagePeople: [x] }, [x]);
  await keep({ ...held, pagePeople: [x] }, [x], new Date(0));
  expect(await freeFor(other, x)).toEqual([]);
});

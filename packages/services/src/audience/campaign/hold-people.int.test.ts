import { expect, it, vi } from "vitest";
import { aRunningCampaign, asDialer } from "../../../testing/campaigns.ts";
import { anotherPhoneOf, aPhoneAtNoon } from "../../../testing/phones.ts";
import { db } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record-calls.ts";
import { inTransaction, type TransactionContext } from "../../platform/context.ts";
import { type Held, holdPeople, keepGiven, notHeldElsewhere } from "./handed-phones.ts";

const inAnHour = () => new Date(Date.now() + 3_600_000);

/** Two people with a phone each, and one that they share; and two hand-overs that ask for them. */
async function scene() {
  const { ctx, campaignId } = await aRunningCampaign();
  const { organizationId } = ctx;
  const [first, second] = [await aPhoneAtNoon(ctx), await aPhoneAtNoon(ctx)];
  const shared = await anotherPhoneOf(ctx, first.contactId);
  const { contactId } = second;
  await db.prisma.contactPhone.create({
    data: { organizationId, contactId, phoneId: shared.phoneId },
  });
  const ordinalOf = async (id: string) =>
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
    x: await ordinalOf(first.contactId),
    y: await ordinalOf(second.contactId),
    hold: async (handOverId: string, ...ordinals: number[]) =>
      inTransaction(ctx, async (ctx) => holdPeople(ctx, handOverId, ordinals)),
    keep: async (
      { looked, ...held }: Held & { looked: number[] },
      given: number[],
      until: Date | null = inAnHour(),
    ) => keepGiven(ctx, one, { ...held, looked, given, until }),
    freeFor: async (handOverId: string, ...ordinals: number[]) =>
      inTransaction(ctx, async (ctx) => notHeldElsewhere(ctx, handOverId, ordinals)),
    call: async (phone: string) => {
      const row = { phone, purpose: "marketing", at: new Date().toISOString(), campaign: "spring" };
      expect(await recordCalls(asDialer(ctx), { rows: [row] })).toMatchObject({ accepted: 1 });
    },
    within: async <T>(work: (ctx: TransactionContext) => Promise<T>) => inTransaction(ctx, work),
    phones: { shared: shared.phone, ofX: first.phone },
  };
}

it("holds a phone for whom it was given, whoever else of its owners is let go", async () => {
  const { one, other, x, y, hold, keep, freeFor, call, phones } = await scene();
  const held = await hold(one, x, y);
  await keep({ ...held, looked: [x, y] }, [y]);
  expect(await freeFor(other, x, y)).toEqual([]);
  expect(await hold(other, x, y)).toMatchObject({ ordinals: [] });
  await call(phones.shared);
  expect(await freeFor(other, x, y)).toEqual([x, y]);
});

it("lets nobody go for a call by a phone that was held for two", async () => {
  const { one, other, x, y, hold, keep, freeFor, call, phones } = await scene();
  const held = await hold(one, x, y);
  await keep({ ...held, looked: [x, y] }, [x, y]);
  await call(phones.shared);
  expect(await freeFor(other, x, y)).toEqual([]);
  // That one was to X; the shared phone is still the other's.
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

it("gives the owners of one phone to one of two that ask at once", async () => {
  const { one, other, x, y, hold, within } = await scene();
  const { done } = await within(async (ctx) => {
    expect(await holdPeople(ctx, one, [x])).toMatchObject({ ordinals: [x] });
    return behind(ctx, hold(other, y));
  });
  expect(await done).toMatchObject({ ordinals: [], before: [] });
});

it("knows whom a page was given while it waited, and lets go nobody who is held anew", async () => {
  const { one, other, x, hold, keep, freeFor, within } = await scene();
  const { held, done } = await within(async (ctx) => ({
    held: await holdPeople(ctx, one, [x]),
    ...(await behind(ctx, hold(one, x))),
  }));
  const again = await done;
  expect([held.before, again.before]).toEqual([[], [x]]);
  // Who asked first is late, and was refused: the other may have given leave.
  await keep({ ...held, looked: [x] }, [], null);
  expect(await freeFor(other, x)).toEqual([]);
});

it("holds who was given twice at one instant for the longer of the two permits", async () => {
  const { one, other, x, keep, freeFor, within } = await scene();
  const now = new Date();
  const holdNow = async () => within(async (ctx) => holdPeople({ ...ctx, now }, one, [x]));
  const [held, again] = [await holdNow(), await holdNow()];
  await keep({ ...again, looked: [x] }, [x]);
  await keep({ ...held, looked: [x] }, [x], new Date(0));
  expect(await freeFor(other, x)).toEqual([]);
});

import { aPhone, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { countDay } from "./count-day.ts";

const HOUR = 3_600_000;
/** A zone in which it is about noon, so that no midnight falls into the test. */
const offset = 12 - new Date().getUTCHours();
const zone = `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

async function screened({ organizationId }: RootContext, at: Date, verdict: "allow" | "refuse") {
  const sellerId = await aSeller(db, organizationId);
  const empty = { refusals: [], warnings: [], checked: {}, actor: {} };
  await db.prisma.screening.create({
    data: {
      organizationId,
      sellerId,
      purpose: "marketing",
      dialer: "live_agent",
      at,
      verdict,
      ...empty,
    },
  });
}

async function refused({ organizationId }: RootContext, recordedAt: Date) {
  const phoneId = await aPhone(db, organizationId);
  await db.prisma.optOut.create({
    data: {
      organizationId,
      phoneId,
      scope: "all",
      channel: "web",
      at: recordedAt,
      recordedAt,
      reference: Math.random().toString(36).slice(2, 10).toUpperCase(),
      actor: {},
    },
  });
}

it("counts since midnight in the zone, and the last 24 hours by hour", async () => {
  const ctx = await aContext();
  await screened(ctx, ago(0), "allow");
  await screened(ctx, ago(0), "refuse");
  await screened(ctx, ago(30), "refuse");
  await refused(ctx, ago(0));
  await refused(ctx, ago(30));

  const day = await countDay(ctx, { zone });

  expect(day).toMatchObject({ optOuts: 1, screened: { allowed: 1, refused: 1 } });
  expect(day.hours).toHaveLength(24);
  expect(day.hours.at(-1)).toMatchObject({ allowed: 1, refused: 1 });
  expect(day.hours.slice(0, -1).every(({ allowed, refused }) => allowed + refused === 0)).toBe(
    true,
  );
});

it("counts the same hours of a week ago, and the 24 hours before, to compare", async () => {
  const ctx = await aContext();
  for (const hours of [1, 26, 30, 60]) await screened(ctx, ago(hours), "refuse");
  await screened(ctx, ago(40), "allow");
  for (const hours of [2, 7 * 24 - 1, 7 * 24 + 1, 7 * 24 + 3, 8 * 24])
    await refused(ctx, ago(hours));

  expect(await countDay(ctx, { zone })).toMatchObject({
    optOuts: 1,
    optOutsWeekAgo: 2,
    screenedDayBefore: { allowed: 1, refused: 2 },
  });
});

it("counts nothing of another organization", async () => {
  const theirs = await aContext();
  for (const hours of [0, 30]) await screened(theirs, ago(hours), "allow");
  for (const hours of [0, 7 * 24 + 1]) await refused(theirs, ago(hours));

  expect(await countDay(await aContext(), { zone })).toMatchObject({
    optOuts: 0,
    optOutsWeekAgo: 0,
    screened: { allowed: 0, refused: 0 },
    screenedDayBefore: { allowed: 0, refused: 0 },
  });
});

it("refuses actors that are not members", async () => {
  const ctx = await aContext({ type: "job", name: "registry.sync" });
  await expect(countDay(ctx, { zone })).rejects.toMatchObject({ code: "forbidden" });
});

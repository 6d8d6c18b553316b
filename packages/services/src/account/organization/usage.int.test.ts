import { aPhone, aSeller } from "@ringfence/db/testing";
import { DAY_MS } from "@ringfence/core/platform/time";
import { expect, it } from "vitest";
import { aFileContext, anUpload, runOnce } from "../../../testing/imports.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import type { RootContext } from "../../platform/context.ts";
import { loadUsage, readUsage, setDailyRows } from "./index.ts";

const today = () => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
/** Noon of a day, which is in the past for every day but today. */
const noonBefore = (days: number) => new Date(today().getTime() - (days - 0.5) * DAY_MS);

async function screened({ organizationId }: RootContext, at: Date) {
  const sellerId = await aSeller(db, organizationId);
  const call = { purpose: "marketing", dialer: "live_agent", verdict: "allow", at } as const;
  const empty = { refusals: [], warnings: [], checked: {}, actor: {} };
  await db.prisma.screening.create({ data: { organizationId, sellerId, ...call, ...empty } });
}

async function refused({ organizationId }: RootContext, recordedAt: Date) {
  const phoneId = await aPhone(db, organizationId);
  const request = { scope: "all", channel: "web", at: recordedAt, recordedAt, actor: {} } as const;
  const reference = Math.random().toString(36).slice(2, 10).toUpperCase();
  await db.prisma.optOut.create({ data: { organizationId, phoneId, reference, ...request } });
}

const nothing = { screenings: 0, optOuts: 0, rows: 0, uploadedBytes: 0 };

it("counts screenings, opt-outs, rows and files by day, and this month", async () => {
  const { ctx, scrub } = await aScrubbingOrganization(await aFileContext());
  const list = "id,phone\n1,12\n2,13\n";
  const contacts = await anUpload(ctx, "contacts", list);
  await runOnce(ctx, contacts.id);
  await scrub("phone\n12\n");
  const refusals = "phone\n14\n15\n16\n";
  await runOnce(ctx, (await anUpload(ctx, "opt_outs", refusals)).id);
  await screened(ctx, today());
  for (const days of [1, 1, 30, 31]) await screened(ctx, noonBefore(days));
  await refused(ctx, noonBefore(1));

  const { days, month, monthFrom, storedBytes } = await readUsage(ctx);

  expect(days).toHaveLength(31);
  expect(days.at(-1)).toMatchObject({ day: today(), screenings: 1, rows: 3 });
  expect(days.at(-1)?.uploadedBytes).toBe(list.length + "phone\n12\n".length + refusals.length);
  expect(storedBytes).toBe(days.at(-1)?.uploadedBytes);
  expect(days.at(-2)).toEqual({
    ...nothing,
    day: new Date(today().getTime() - DAY_MS),
    screenings: 2,
    optOuts: 1,
  });
  expect(days[0]).toMatchObject({ screenings: 1 });
  const ofMonth = days.filter(({ day }) => day.getUTCMonth() === today().getUTCMonth());
  expect(ofMonth[0]?.day).toEqual(monthFrom);
  expect(month.screenings).toBe(ofMonth.reduce((sum, { screenings }) => sum + screenings, 0));
});

it("counts the rows of a file that still runs, and files until they are removed", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  const { organizationId } = ctx;
  await start("phone\n12\n");
  const progress = { rows: 7, bytes: 9 };
  await db.prisma.run.updateMany({ where: { organizationId }, data: { progress } });
  expect((await readUsage(ctx)).month).toEqual({ ...nothing, rows: 7, uploadedBytes: 9 });

  const filesRemovedAt = new Date();
  await db.prisma.scrub.updateMany({ where: { organizationId }, data: { filesRemovedAt } });
  expect(await readUsage(ctx)).toMatchObject({ storedBytes: 0, month: { uploadedBytes: 9 } });
});

it("says the limit and when the next day begins", async () => {
  const ctx = await aContext();
  expect(await readUsage(ctx)).toMatchObject({ limit: null, month: nothing });
  await setDailyRows(db, ctx.organizationId, 1_000);
  const until = new Date(today().getTime() + DAY_MS);
  expect(await readUsage(ctx)).toMatchObject({ limit: 1_000, until });
});

it("counts nothing of another organization, for its members and for the operator", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await screened(ctx, today());
  await refused(ctx, today());
  expect((await readUsage(other)).month).toEqual(nothing);
  const loaded = await loadUsage({ db: db.prisma }, other.organizationId, new Date());
  expect(loaded.month).toEqual(nothing);
  const own = await loadUsage({ db: db.prisma }, ctx.organizationId, new Date());
  expect(own.month).toMatchObject({ screenings: 1, optOuts: 1 });
});

it.each(["marketer", "agent", "auditor", "developer"] as const)(
  "is not shown to a role such as %s",
  async (role) => {
    await expect(readUsage(as(await aContext(), role))).rejects.toMatchObject({
      code: "forbidden",
    });
  },
);

import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { changeOrganization, readOrganization } from "./organization.ts";
import { ChangeOrganization } from "@ringfence/core/account/organization";
import { screenCall } from "../../calling/screening/screen-call.ts";

it("returns the defaults of requests", async () => {
  expect(await readOrganization(await aContext())).toEqual({
    name: "Test",
    homeRegion: "US",
    zone: "UTC",
    locale: "en",
    dialer: "live_agent",
    hours: null,
    complaintDays: 30,
    readings: { fromMinute: 120, withinMinutes: 60, weekdays: [0, 1, 2, 3, 4, 5, 6] },
  });
});

it("shows nothing of another organization", async () => {
  const theirs = await aContext();
  await db.prisma.organization.update({
    where: { id: theirs.organizationId },
    data: { homeRegion: "RU" },
  });
  expect(await readOrganization(await aContext())).toMatchObject({ homeRegion: "US" });
});

it("refuses a job", async () => {
  const ctx = await aContext({ type: "job", name: "registry.sync" });
  await expect(readOrganization(ctx)).rejects.toMatchObject({ code: "forbidden" });
});

const change = ChangeOrganization.parse({
  name: "Север",
  homeRegion: "ru",
  zone: "Europe/Moscow",
  locale: "ru",
  dialer: "prerecorded",
  hours: null,
  complaintDays: 10,
});

const weekend = {
  windows: [{ days: ["SA", "SU"], from: "10:00", to: "18:00" }],
  holidaysClosed: true,
} as const;

const withHours = ChangeOrganization.parse({ ...change, hours: weekend });

const dialed = async (id: string) =>
  (await db.prisma.screening.findFirstOrThrow({ where: { id } })).dialer;

it("counts in the next screening: how a number is read, and what dials", async () => {
  const ctx = await aContext();
  const screened = () => screenCall(ctx, { phone: "(495) 123-45-67", purpose: "marketing" });

  const before = await screened();
  await changeOrganization(ctx, change);
  const after = await screened();

  expect(before.phone).not.toBe("+74951234567");
  expect(after.phone).toBe("+74951234567");
  expect(await dialed(after.id)).toBe("prerecorded");
  expect(await readOrganization(ctx)).toMatchObject(change);
});

it("keeps its own hours beside the law: they narrow it, and never widen it", async () => {
  const ctx = await aContext();
  const hoursAt = async (at: string) => {
    const { refusals } = await screenCall(ctx, {
      phone: "+12015550100",
      purpose: "marketing",
      at: new Date(at),
    });
    return refusals.flatMap(({ reason, rule }) => (/hours|day/.test(reason) ? [rule] : []));
  };
  // In New Jersey it is Wednesday, 15:00 and Sunday, 15:00 and 20:30.
  const [midweek, sunday, late] = [
    "2026-03-04T20:00:00Z",
    "2026-03-08T19:00:00Z",
    "2026-03-09T01:30:00Z",
  ];
  expect(await hoursAt(midweek)).toEqual([]);

  await changeOrganization(ctx, withHours);
  expect(await hoursAt(midweek)).toEqual(["policy.hours"]);
  expect(await hoursAt(sunday)).toEqual([]);

  const windows = [{ days: ["SU"], from: "00:00", to: "24:00" }];
  await changeOrganization(
    ctx,
    ChangeOrganization.parse({ ...change, hours: { ...weekend, windows } }),
  );
  expect(await hoursAt(late)).toEqual(["US-NJ.hours"]);

  await changeOrganization(ctx, change);
  expect(await hoursAt(midweek)).toEqual([]);
});

it("is changed by one of two who opened the same hours", async () => {
  const ctx = await aContext();
  await changeOrganization(ctx, change);
  const both = [withHours, ChangeOrganization.parse({ ...change, name: "Юг" })];
  const [first, second] = await Promise.allSettled(
    both.map((one) => changeOrganization(ctx, { ...one, before: change })),
  );
  expect(first?.status).not.toBe(second?.status);
  const { hours } = await readOrganization(ctx);
  await changeOrganization(ctx, {
    ...withHours,
    before: { ...change, hours, name: hours ? "Север" : "Юг" },
  });
  expect(await readOrganization(ctx)).toMatchObject({ hours: weekend });
});

it("is on record", async () => {
  const ctx = await aContext();
  await changeOrganization(ctx, withHours);
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    {
      action: "organization.change",
      details: {
        change: "organization",
        homeRegion: "RU",
        dialer: "prerecorded",
        hours: "SA SU 10:00-18:00",
        holidaysClosed: true,
      },
    },
  ]);
});

it("changes nothing of another organization", async () => {
  const theirs = await aContext();
  await changeOrganization(await aContext(), change);
  expect(await readOrganization(theirs)).toMatchObject({ name: "Test", homeRegion: "US" });
});

it.each(["marketer", "developer", "auditor", "agent"] as const)("is not for a %s", async (role) => {
  const ctx = as(await aContext(), role);
  await expect(changeOrganization(ctx, change)).rejects.toMatchObject({ code: "forbidden" });
});

import { ChangeOrganization } from "@ringfence/core/organization";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../testing/scenes.ts";
import { screenCall } from "../screening/screen-call.ts";
import { changeOrganization } from "./change-organization.ts";
import { readOrganization } from "./read-organization.ts";

const change = ChangeOrganization.parse({
  name: "Север",
  homeRegion: "ru",
  zone: "Europe/Moscow",
  locale: "ru",
  dialer: "prerecorded",
});

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

it("is on record", async () => {
  const ctx = await aContext();
  await changeOrganization(ctx, change);
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    {
      action: "organization.change",
      details: { change: "organization", homeRegion: "RU", dialer: "prerecorded" },
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

import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { readOrganization } from "./organization.ts";

it("tells what holds where a request does not say", async () => {
  expect(await readOrganization(await aContext())).toEqual({
    name: "Test",
    homeRegion: "US",
    zone: "UTC",
    locale: "en",
    dialer: "live_agent",
    hours: null,
    readings: { fromMinute: 120, withinMinutes: 60, weekdays: [0, 1, 2, 3, 4, 5, 6] },
  });
});

it("tells nothing of another organization", async () => {
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

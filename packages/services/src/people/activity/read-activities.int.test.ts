import { toIsoDate, localClock } from "@ringfence/core/platform/time";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene } from "../../../testing/segment-scene.ts";
import { readActivities } from "./read-activities.ts";
import { recordActivities } from "./record-activities.ts";

const did = (more: object) => ({
  contact: "ada",
  type: "visit",
  at: "2026-01-02T00:00:00Z",
  ...more,
});

it("shows activity types, the latest arrivals and their people, and audits who looked", async () => {
  const ctx = await aScene();
  const { organizationId } = ctx;
  const { types, arrivals } = await readActivities(ctx);
  expect(types.map(({ key }) => key)).toContain("purchase");
  expect(arrivals.map(({ name, type, amount }) => `${name} ${type} ${amount}`)).toEqual(
    expect.arrayContaining(["ada purchase 500", "bo purchase 500"]),
  );
  const where = { organizationId, action: "activity.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { details: { listed: 2 } },
  ]);
});

it("counts by day as the organization counts days, those without any too", async () => {
  const ctx = await aScene();
  await db.prisma.organization.update({
    where: { id: ctx.organizationId },
    data: { zone: "Pacific/Kiritimati" },
  });
  // A moment ago; in Kiritimati, at UTC+14, that is the last day there is.
  const at = new Date(Date.now() - 1_000).toISOString();
  await recordActivities(ctx, { rows: [did({ at }), did({ at, contact: "bo" })] });
  const { days } = await readActivities(ctx);
  expect(days).toHaveLength(30);
  const then = toIsoDate(localClock("Pacific/Kiritimati", Date.parse(at)).day);
  const counted = days.flatMap(({ day, counts }) => counts.map((count) => ({ day, ...count })));
  expect(counted).toEqual([{ day: then, type: "visit", count: 2 }]);
});

it("counts rejected rows by field, without their values", async () => {
  const ctx = await aScene();
  const rows = [did({}), did({ at: "soon" }), did({ at: "later" }), did({ contact: "eve" }), "row"];
  await recordActivities(ctx, { rows });
  await recordActivities(ctx, { rows: [did({ externalId: "v9" })] });
  expect((await readActivities(ctx)).sent).toMatchObject([
    { accepted: 1, rejected: 4, refused: "at 2, contact 1, row 1" },
  ]);
});

it("is not for agents, and tells nothing of another organization", async () => {
  const ctx = await aScene();
  await expect(readActivities(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await readActivities(await aContext())).toMatchObject({ arrivals: [], sent: [] });
});

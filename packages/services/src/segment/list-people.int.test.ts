import { expect, it } from "vitest";
import { aContext, as, db } from "../../testing/scenes.ts";
import { aScreenedSegment, sixPeople } from "../../testing/waterfall-scene.ts";
import { listPeople } from "./list-people.ts";

it("opens the people of a step, page after page, and puts on record who looked", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx);
  const page = { segmentId, place: "callable" as const, limit: 1 };
  const first = await listPeople(ctx, page);
  expect(first.items.map(({ name }) => name)).toEqual(["ada"]);
  const second = await listPeople(ctx, { ...page, after: first.next ?? 0 });
  expect(second.items.map(({ name }) => name)).toEqual(["bo"]);
  expect(second.next).toBeNull();

  const refused = await listPeople(ctx, { segmentId, place: "refusals", limit: 50 });
  expect(refused.items.map(({ name }) => name)).toEqual(["di"]);
  const told = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "segment.read" },
    orderBy: { id: "asc" },
  });
  expect(told.map(({ details }) => details)).toEqual(
    ["callable", "callable", "refusals"].map((place) => ({ segmentId, place, listed: 1 })),
  );
});

it("shows a marketer no number whole, and an officer all of it", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const page = { segmentId, place: "callable" as const, limit: 1 };
  const numberSeen = async (by: typeof ctx) =>
    (await listPeople(by, page)).items[0]?.phones[0]?.number;
  expect(await numberSeen(ctx)).toBe(ada.phone);
  expect(await numberSeen(as(ctx, "marketer"))).toBe(`+12•••••••${ada.phone.slice(-2)}`);
});

it("is not for agents, and lists nobody of another organization", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const page = { segmentId, place: "callable" as const, limit: 50 };
  await expect(listPeople(as(ctx, "agent"), page)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listPeople(await aContext(), page)).rejects.toMatchObject({ code: "not-found" });
});

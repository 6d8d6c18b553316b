import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { livesIn, twoSellers } from "../../../testing/segment-scene.ts";
import { everybody, sixPeople } from "../../../testing/waterfall-scene.ts";
import { drawPeople } from "./draw-people.ts";

it("shows six people, where a call to each would end, and has put on record who looked", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const { people } = await drawPeople(ctx, { rule: everybody, draw: 0 });
  expect(Object.fromEntries(people.map(({ name, place }) => [name, place]))).toEqual({
    ada: "callable",
    bo: "callable",
    cy: "consent",
    di: "refusals",
    ed: "suppressions",
    flo: "number",
  });
  const where = { organizationId, action: "segment.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { actor: { type: "member", id: "ada" }, details: { segmentId: null, drawn: 6 } },
  ]);
});

it("draws others with another draw, and the same ones with the same", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const at = new Date("2026-01-01T00:00:00Z");
  await db.prisma.contact.createMany({
    data: Array.from({ length: 60 }, () => ({ organizationId, createdAt: at, updatedAt: at })),
  });
  const drawn = async (draw: number) =>
    (await drawPeople(ctx, { rule: everybody, draw })).people.map(({ ordinal }) => ordinal);
  expect(await drawn(0)).toHaveLength(6);
  expect(await drawn(1)).toEqual(await drawn(1));
  expect(await drawn(1)).not.toEqual(await drawn(0));
});

it("masks numbers for a marketer", async () => {
  const { ctx, ada } = await sixPeople();
  const { people } = await drawPeople(as(ctx, "marketer"), { rule: everybody, draw: 0 });
  expect(JSON.stringify(people)).not.toContain(ada.phone);
  expect(JSON.stringify(people)).toContain("•");
});

it("puts nothing on record of nobody, and says what is wrong with a rule", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const faulty = { ...livesIn("x"), field: "town" };
  expect(await drawPeople(ctx, { rule: faulty, draw: 0 })).toMatchObject({
    faults: [{ path: "/field" }],
    people: [],
  });
  expect(await drawPeople(ctx, { rule: { is: "any", of: [] }, draw: 0 })).toEqual({
    faults: [],
    people: [],
  });
  const where = { organizationId, action: "segment.read" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(0);
});

it("is not for agents, and shows nobody of another organization", async () => {
  const { ctx } = await sixPeople();
  const asked = { rule: everybody, draw: 0 };
  await expect(drawPeople(as(ctx, "agent"), asked)).rejects.toMatchObject({ code: "forbidden" });
  expect(await drawPeople(await aContext(), asked)).toEqual({ faults: [], people: [] });
});

it("shows nobody by their consent to a seller that is not the member's", async () => {
  const { ctx } = await sixPeople();
  const { theirs, marketer } = await twoSellers(ctx);
  await expect(drawPeople(marketer, { rule: theirs, draw: 0 })).rejects.toMatchObject({
    code: "forbidden",
  });
});

import { ListViolations } from "@ringfence/core/calling/violation";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import { aCalledPerson, called, minutesAfter, noon, scan } from "../../../testing/violations.ts";
import { closeViolation } from "./close-violation.ts";
import { listViolations } from "./list-violations.ts";

const list = (ctx: Parameters<typeof listViolations>[0], asked: object = {}) =>
  listViolations(ctx, ListViolations.parse(asked));

/** Two that are minor, and one that is grave. */
async function threeViolations() {
  const { ctx, phone, phoneId } = await aCalledPerson();
  await called(ctx, phone, noon, minutesAfter(10), minutesAfter(20));
  await refuseCalls(ctx, phoneId, minutesAfter(15));
  return { ctx, phone, all: await scan(ctx) };
}

it("lists the gravest first, page after page, and each once", async () => {
  const { ctx, all } = await threeViolations();
  expect(all.map(({ severity }) => severity)).toEqual(["grave", "minor", "minor"]);

  const first = await list(ctx, { limit: 2 });
  const rest = await list(ctx, { limit: 2, after: first.next });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect([first.count, rest.next]).toEqual([3, null]);
});

it("finds by severity, by cause, and what is closed", async () => {
  const { ctx, all } = await threeViolations();
  const [grave] = all;
  if (!grave) throw new Error("none was found");
  expect((await list(ctx, { severity: "minor" })).count).toBe(2);
  expect((await list(ctx, { cause: "opted-out" })).items.map(({ id }) => id)).toEqual([grave.id]);

  await closeViolation(ctx, { violationId: grave.id, reason: "mended", text: "Agent trained" });
  expect((await list(ctx)).count).toBe(2);
  expect((await list(ctx, { status: "closed" })).items).toMatchObject([{ id: grave.id }]);
});

it("shows nothing of another organization", async () => {
  await threeViolations();
  expect(await list(await aContext())).toEqual({ items: [], count: 0, next: null });
});

it("is not for agents", async () => {
  await expect(list(as(await aContext(), "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

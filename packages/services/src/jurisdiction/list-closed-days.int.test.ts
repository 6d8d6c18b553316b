import { expect, it } from "vitest";
import { closed } from "../../testing/closed-days.ts";
import { aMember } from "../../testing/members.ts";
import { as } from "../../testing/scenes.ts";
import { addClosedDay } from "./add-closed-day.ts";
import { endClosedDay } from "./end-closed-day.ts";
import { listClosedDays } from "./list-closed-days.ts";

it("tells of days that are not over, by whom and why, until they are taken back", async () => {
  const { ctx } = await aMember();
  await addClosedDay(ctx, { ...closed, first: "2020-01-01", last: "2020-01-02" });
  const { id } = await addClosedDay(ctx, closed);
  const { first, last, reason } = closed;
  expect(await listClosedDays(as(ctx, "agent"))).toMatchObject([
    { id, first, last, reason, by: "Ada" },
  ]);
  await endClosedDay(ctx, { id });
  expect(await listClosedDays(ctx)).toEqual([]);
});

it("tells none of another organization", async () => {
  await addClosedDay((await aMember()).ctx, closed);
  expect(await listClosedDays((await aMember()).ctx)).toEqual([]);
});

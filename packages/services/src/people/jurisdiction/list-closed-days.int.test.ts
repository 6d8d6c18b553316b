import { expect, it } from "vitest";
import { closedDay } from "../../../testing/closed-days.ts";
import { aMember } from "../../../testing/members.ts";
import { as } from "../../../testing/scenes.ts";
import { addClosedDay } from "./add-closed-day.ts";
import { endClosedDay } from "./end-closed-day.ts";
import { listClosedDays } from "./list-closed-days.ts";

it("lists days that are not over, with who added them and why, until they are removed", async () => {
  const { ctx } = await aMember();
  await addClosedDay(ctx, { ...closedDay, first: "2020-01-01", last: "2020-01-02" });
  const { id } = await addClosedDay(ctx, closedDay);
  const { first, last, reason } = closedDay;
  expect(await listClosedDays(as(ctx, "agent"))).toMatchObject([
    { id, first, last, reason, by: "Ada" },
  ]);
  await endClosedDay(ctx, { id });
  expect(await listClosedDays(ctx)).toEqual([]);
});

it("lists none of another organization", async () => {
  await addClosedDay((await aMember()).ctx, closedDay);
  expect(await listClosedDays((await aMember()).ctx)).toEqual([]);
});

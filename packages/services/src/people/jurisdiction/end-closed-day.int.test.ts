import { expect, it } from "vitest";
import { closedDay, findDayRules } from "../../../testing/closed-days.ts";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { as } from "../../../testing/scenes.ts";
import { addClosedDay } from "./add-closed-day.ts";
import { endClosedDay } from "./end-closed-day.ts";

it("removes the days once, and allows calls again", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  const { id } = await addClosedDay(ctx, closedDay);
  await endClosedDay(ctx, { id });
  expect(await findDayRules(ctx, phone)).toEqual([]);
  await expect(endClosedDay(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
});

it("is limited to owners and officers, and removes no days of another organization", async () => {
  const { ctx } = await aMember();
  const { id } = await addClosedDay(ctx, closedDay);
  await expect(endClosedDay(as(ctx, "agent"), { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(endClosedDay((await aMember()).ctx, { id })).rejects.toMatchObject({
    code: "not-found",
  });
});

import { expect, it } from "vitest";
import { closed, daysOf } from "../../testing/closed-days.ts";
import { aMember } from "../../testing/members.ts";
import { aCallablePhone } from "../../testing/phones.ts";
import { as } from "../../testing/scenes.ts";
import { addClosedDay } from "./add-closed-day.ts";
import { endClosedDay } from "./end-closed-day.ts";

it("takes days back once, and lets calls through again", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  const { id } = await addClosedDay(ctx, closed);
  await endClosedDay(ctx, { id });
  expect(await daysOf(ctx, phone)).toEqual([]);
  await expect(endClosedDay(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
});

it("is for owners and officers, and takes none of another organization back", async () => {
  const { ctx } = await aMember();
  const { id } = await addClosedDay(ctx, closed);
  await expect(endClosedDay(as(ctx, "agent"), { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(endClosedDay((await aMember()).ctx, { id })).rejects.toMatchObject({
    code: "not-found",
  });
});

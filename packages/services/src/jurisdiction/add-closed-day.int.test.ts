import { AddClosedDay } from "@ringfence/core/jurisdiction";
import { expect, it } from "vitest";
import { closed, daysOf } from "../../testing/closed-days.ts";
import { aMember } from "../../testing/members.ts";
import { aCallablePhone } from "../../testing/phones.ts";
import { recordOf } from "../../testing/rule-scene.ts";
import { aContext, as } from "../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../testing/scrubs.ts";
import { screenCall } from "../screening/index.ts";
import { addClosedDay } from "./add-closed-day.ts";

it("lets nobody be called in the place on those days, from the next call on, and puts it on record", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  const { checked } = await screenCall(ctx, { phone, purpose: "marketing" });
  const { id } = await addClosedDay(ctx, closed);
  expect(await daysOf(ctx, phone)).toEqual(["policy.closed-day"]);
  expect(await recordOf(ctx, "closed-day.change")).toMatchObject([
    { closedDayId: id, jurisdiction: "US", first: closed.first, last: closed.last },
  ]);
  // A what-if at an instant before does not see what was added since.
  expect(await daysOf(ctx, phone, checked.at)).toEqual([]);
});

it("says when waiting is over: not before those days are", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  await addClosedDay(ctx, closed);
  const { callableFrom } = await screenCall(ctx, { phone, purpose: "marketing" });
  expect((callableFrom?.toISOString() ?? "") >= closed.last).toBe(true);
});

it("refuses the rows of a scrub for it, too", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  const { phone } = await aCallablePhone(ctx);
  const { ctx: officer } = await aMember({ of: { ctx } });
  await addClosedDay(officer, closed);
  const { result } = await scrub(`phone\n${phone}\n`);
  expect(result.includes("day-not-allowed")).toBe(true);
});

it("leaves other places, other days and another organization alone", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  await addClosedDay(ctx, { ...closed, jurisdiction: "US-LA" });
  await addClosedDay(ctx, { ...closed, first: "2030-01-01", last: "2030-01-02" });
  await addClosedDay((await aMember()).ctx, closed);
  expect(await daysOf(ctx, phone)).toEqual([]);
});

it("is for owners and officers", async () => {
  const ctx = as(await aContext(), "agent");
  await expect(addClosedDay(ctx, closed)).rejects.toMatchObject({ code: "forbidden" });
});

it.each([
  [{ first: "2026-11-28", last: "2026-11-27" }, "last"],
  [{ first: "2026-11-28", last: "2027-11-28" }, "last"],
  [{ jurisdiction: "XX" }, "jurisdiction"],
  [{ reason: "short" }, "reason"],
])("does not take %j", (wrong, path) => {
  const { error } = AddClosedDay.safeParse({ ...closed, ...wrong });
  expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
});

import { AddClosedDay } from "@ringfence/core/jurisdiction";
import type { Phone } from "@ringfence/core/phone";
import { expect, it } from "vitest";
import { aMember } from "../../testing/members.ts";
import { aCallablePhone } from "../../testing/phones.ts";
import { recordOf } from "../../testing/rule-scene.ts";
import { aContext, as } from "../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../testing/scrubs.ts";
import type { RootContext } from "../context.ts";
import { screenCall } from "../screening/index.ts";
import { addClosedDay } from "./add-closed-day.ts";
import { endClosedDay } from "./end-closed-day.ts";
import { listClosedDays } from "./list-closed-days.ts";

const reason = "The governor proclaimed it this morning.";

/** The UTC day, and those beside it: in every zone one of them is today. */
const around = (now = new Date()) => {
  const day = (by: number) => new Date(now.getTime() + by * 86_400_000).toISOString().slice(0, 10);
  return { first: day(-1), last: day(1) };
};
const inOhio = { jurisdiction: "US", ...around(), reason };

const daysOf = async (ctx: RootContext, phone: Phone, at?: Date) => {
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing", at });
  return refusals.flatMap(({ reason, rule }) => (reason === "day-not-allowed" ? rule : []));
};

it("lets nobody be called in the place on those days, from the next call on, and puts it on record", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  const { checked } = await screenCall(ctx, { phone, purpose: "marketing" });
  const { id } = await addClosedDay(ctx, inOhio);
  expect(await daysOf(ctx, phone)).toEqual(["policy.closed-day"]);
  expect(await recordOf(ctx, "closed-day.change")).toMatchObject([
    { closedDayId: id, jurisdiction: "US", first: inOhio.first, last: inOhio.last },
  ]);
  // A what-if at an instant before does not see what was added since.
  expect(await daysOf(ctx, phone, checked.at)).toEqual([]);
});

it("says when waiting is over: not before those days are", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  await addClosedDay(ctx, inOhio);
  const { callableFrom } = await screenCall(ctx, { phone, purpose: "marketing" });
  expect((callableFrom?.toISOString() ?? "") >= inOhio.last).toBe(true);
});

it("refuses the rows of a scrub for it, too", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  const { phone } = await aCallablePhone(ctx);
  const { ctx: officer } = await aMember({ of: { ctx } });
  await addClosedDay(officer, inOhio);
  expect((await scrub(`phone\n${phone}\n`)).result).toContain("day-not-allowed");
});

it("leaves other places, other days and other organizations alone", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  await addClosedDay(ctx, { ...inOhio, jurisdiction: "US-LA" });
  await addClosedDay(ctx, { ...inOhio, first: "2030-01-01", last: "2030-01-02" });
  await addClosedDay((await aMember()).ctx, inOhio);
  expect(await daysOf(ctx, phone)).toEqual([]);
});

it("is taken back once, and then lets calls through again", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  const { id } = await addClosedDay(ctx, inOhio);
  expect(await listClosedDays(as(ctx, "agent"))).toMatchObject([{ id, reason, by: "Ada" }]);
  await endClosedDay(ctx, { id });
  expect(await daysOf(ctx, phone)).toEqual([]);
  expect(await listClosedDays(ctx)).toEqual([]);
  await expect(endClosedDay(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
});

it("is for owners and officers, of the organization whose day it is", async () => {
  const ctx = as(await aContext(), "agent");
  await expect(addClosedDay(ctx, inOhio)).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await addClosedDay((await aMember()).ctx, inOhio);
  await expect(endClosedDay(ctx, { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(endClosedDay((await aMember()).ctx, { id })).rejects.toMatchObject({
    code: "not-found",
  });
});

it.each([
  [{ first: "2026-11-28", last: "2026-11-27" }, "last"],
  [{ first: "2026-11-28", last: "2027-11-28" }, "last"],
  [{ jurisdiction: "XX" }, "jurisdiction"],
  [{ reason: "short" }, "reason"],
])("does not take %j", (wrong, path) => {
  const { error } = AddClosedDay.safeParse({ ...inOhio, ...wrong });
  expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
});

import { AddClosedDay } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { closedDay, findDayRules } from "../../../testing/closed-days.ts";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { listAuditDetails } from "../../../testing/rule-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { addClosedDay, endClosedDay, listClosedDays } from "./closed-days.ts";

it("refuses calls in the jurisdiction on those days from the next call on, and records the change", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  const { checked } = await screenCall(ctx, { phone, purpose: "marketing" });
  const { id } = await addClosedDay(ctx, closedDay);
  expect(await findDayRules(ctx, phone)).toEqual(["policy.closed-day"]);
  expect(await listAuditDetails(ctx, "closed-day.change")).toMatchObject([
    { closedDayId: id, jurisdiction: "US", first: closedDay.first, last: closedDay.last },
  ]);
  // A what-if for an earlier instant does not see days that were added later.
  expect(await findDayRules(ctx, phone, checked.at)).toEqual([]);
});

it("gives no callable time before the days are over", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  await addClosedDay(ctx, closedDay);
  const { callableFrom } = await screenCall(ctx, { phone, purpose: "marketing" });
  expect((callableFrom?.toISOString() ?? "") >= closedDay.last).toBe(true);
});

it("refuses rows of a scrub on those days too", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  const { phone } = await aCallablePhone(ctx);
  const { ctx: officer } = await aMember({ of: { ctx } });
  await addClosedDay(officer, closedDay);
  const { result } = await scrub(`phone\n${phone}\n`);
  expect(result.includes("day-not-allowed")).toBe(true);
});

/** Days without calls in American Samoa, and numbers of people in and outside of it. */
async function aClosedRegion() {
  const { ctx, scrub } = await aScrubbingOrganization();
  const inRegion = async (region?: string) =>
    (await aCallablePhone(ctx, region === undefined ? {} : { region })).phone;
  const phones = {
    inside: await inRegion("US-AS"),
    elsewhere: await inRegion(),
    unknown: await inRegion("US"),
  };
  const { ctx: officer } = await aMember({ of: { ctx } });
  await addClosedDay(officer, { ...closedDay, region: "US-AS" });
  return { ctx, officer, scrub, phones };
}

it("closes one region only, and numbers whose region is unknown, in single calls and scrubs", async () => {
  const { ctx, scrub, phones } = await aClosedRegion();
  expect(await findDayRules(ctx, phones.inside)).toEqual(["policy.closed-day"]);
  expect(await findDayRules(ctx, phones.unknown)).toEqual(["policy.closed-day"]);
  expect(await findDayRules(ctx, phones.elsewhere)).toEqual([]);

  const { result } = await scrub(`phone\n${Object.values(phones).join("\n")}\n`);
  const closed = result
    .toString()
    .split("\n")
    .filter((row) => row.includes("day-not-allowed"));
  expect(closed.map((row) => row.split(",")[0])).toEqual([phones.inside, phones.unknown]);
});

it("says which region is closed, in the list and on record", async () => {
  const { officer } = await aClosedRegion();
  expect(await listClosedDays(officer)).toMatchObject([{ jurisdiction: "US", region: "US-AS" }]);
  expect(await listAuditDetails(officer, "closed-day.change")).toMatchObject([
    { jurisdiction: "US", region: "US-AS" },
  ]);
});

it("affects no other jurisdiction or day, and no calls of another organization", async () => {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx);
  await addClosedDay(ctx, { ...closedDay, jurisdiction: "US-LA" });
  await addClosedDay(ctx, { ...closedDay, first: "2030-01-01", last: "2030-01-02" });
  await addClosedDay((await aMember()).ctx, closedDay);
  expect(await findDayRules(ctx, phone)).toEqual([]);
});

it("is limited to owners and officers", async () => {
  const ctx = as(await aContext(), "agent");
  await expect(addClosedDay(ctx, closedDay)).rejects.toMatchObject({ code: "forbidden" });
});

it.each([
  [{ first: "2026-11-28", last: "2026-11-27" }, "last"],
  [{ first: "2026-11-28", last: "2027-11-28" }, "last"],
  [{ reason: "short" }, "reason"],
  [{ region: "US-XX" }, "region"],
  [{ region: "ES-CT" }, "region"],
])("does not take %j", (wrong, path) => {
  const { error } = AddClosedDay.safeParse({ ...closedDay, ...wrong });
  expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
});

it("rejects closed days for a place that the law does not know", async () => {
  await expect(
    addClosedDay(await aContext(), { ...closedDay, jurisdiction: "XX" }),
  ).rejects.toMatchObject({
    code: "invalid-field",
    explanation: { key: "jurisdiction.place-unknown" },
  });
});

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

import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import {
  anEmergency,
  emergency,
  inNewYork,
  listAuditDetails,
} from "../../../testing/rule-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { declareEmergency, endEmergency, listEmergencies } from "./emergencies.ts";

it("bans calls from then on where the law does, and audits it", async () => {
  const { ctx, acts } = await anEmergency();
  expect(await acts()).toBe("refuses");
  expect(await listAuditDetails(ctx, "emergency.declare")).toEqual([
    { ...inNewYork, change: "declared" },
  ]);
});

it("bans calls in Louisiana, whose law knows emergencies too, and in no other state", async () => {
  const ctx = (await anEmergency()).ctx;
  await declareEmergency(ctx, { ...emergency, jurisdiction: "US-LA" });
  const listBanRules = async (region: string) => {
    const { phone } = await aCallablePhone(ctx, { region });
    const { refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
    return refusals.flatMap(({ reason, rule }) => (reason === "sector-banned" ? rule : []));
  };
  expect(await listBanRules("US-LA")).toEqual(["US-LA.emergency"]);
  expect(await listBanRules("US-OH")).toEqual([]);
});

it("can be declared once per place until it is over, even by two officers at once", async () => {
  const { ctx } = await aMember();
  const declared = await Promise.allSettled([
    declareEmergency(ctx, emergency),
    declareEmergency(ctx, emergency),
  ]);
  expect(declared.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(declared.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "conflict", explanation: { key: "jurisdiction.emergency-declared" } },
  });
  const [open] = await listEmergencies(ctx);
  await endEmergency(ctx, { id: open?.id ?? "" });
  await declareEmergency(ctx, emergency);
});

it("is declared only where a law knows emergencies", async () => {
  const { ctx } = await anEmergency();
  await expect(
    declareEmergency(ctx, { ...emergency, jurisdiction: "US-TX" }),
  ).rejects.toMatchObject({
    code: "invalid-field",
    explanation: { key: "jurisdiction.place-no-emergency" },
  });
});

it("bans no calls of another organization", async () => {
  await anEmergency();
  const other = await aContext();
  const { phone } = await aCallablePhone(other, { region: "US-NY" });
  const { refusals } = await screenCall(other, { phone, purpose: "marketing" });
  expect(refusals.map(({ reason }) => reason)).not.toContain("sector-banned");
});

it("is for owners and officers", async () => {
  const ctx = as(await aContext(), "agent");
  await expect(declareEmergency(ctx, emergency)).rejects.toMatchObject({ code: "forbidden" });
});

it("lifts the ban, ends once, and audits it", async () => {
  const { ctx, id, acts } = await anEmergency();
  await endEmergency(ctx, { id });
  expect(await acts()).toBe("is silent");
  await expect(endEmergency(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
  expect((await listAuditDetails(ctx, "emergency.declare")).at(-1)).toEqual({
    ...inNewYork,
    change: "over",
  });
});

it("ends none of another organization", async () => {
  const { id, acts } = await anEmergency();
  await expect(endEmergency(await aContext(), { id })).rejects.toMatchObject({ code: "not-found" });
  expect(await acts()).toBe("refuses");
});

it("is for owners and officers", async () => {
  const { ctx, id } = await anEmergency();
  await expect(endEmergency(as(ctx, "agent"), { id })).rejects.toMatchObject({ code: "forbidden" });
});

it("lists declared emergencies with their authors, until they are over", async () => {
  const { ctx, id } = await anEmergency();
  expect(await listEmergencies(as(ctx, "agent"))).toMatchObject([
    { id, jurisdiction: "US-NY", by: "Ada", reason: emergency.reason },
  ]);
  await endEmergency(ctx, { id });
  expect(await listEmergencies(ctx)).toEqual([]);
});

it("shows none of another organization", async () => {
  await anEmergency();
  expect(await listEmergencies(await aContext())).toEqual([]);
});

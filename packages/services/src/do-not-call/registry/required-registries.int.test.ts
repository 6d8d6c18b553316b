import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { listRegistryCoverage, silenceWarning, restoreWarning } from "./required-registries.ts";
import { Phone } from "@ringfence/core/people/phone";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { screenCall } from "../../calling/screening/index.ts";

const connect = ({ organizationId }: RootContext, code: string) =>
  db.prisma.registry.create({
    data: { organizationId, code, name: code, format: {}, source: {}, maxAgeDays: 31 },
  });

const of = async (ctx: RootContext, code: string) =>
  (await listRegistryCoverage(ctx)).find((registry) => registry.code === code);

it("shows for each required registry whether it is connected", async () => {
  const ctx = await aContext();
  const { id } = await connect(ctx, "US-FTC-DNC");

  expect(await of(ctx, "US-FTC-DNC")).toMatchObject({ registryId: id, disconnectedId: null });
  expect(await of(ctx, "GB-TPS")).toMatchObject({ registryId: null, places: ["GB"] });
});

it("shows a disconnected registry as one that can be reconnected", async () => {
  const ctx = await aContext();
  const { id } = await connect(ctx, "US-FTC-DNC");
  await db.prisma.registry.updateMany({ where: { id }, data: { disconnectedAt: new Date() } });
  expect(await of(ctx, "US-FTC-DNC")).toMatchObject({ registryId: null, disconnectedId: id });
});

it("ignores registries of another organization", async () => {
  await connect(await aContext(), "US-FTC-DNC");
  expect(await of(await aContext(), "US-FTC-DNC")).toMatchObject({ registryId: null });
});

const signed = { code: "ES-ROBINSON", reason: "Adigital has not answered our application." };

async function scene() {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx, { phone: Phone.parse("+34931234567"), region: "ES" });
  const warned = async (at?: Date) => {
    const { warnings } = await screenCall(ctx, { phone, purpose: "marketing", at });
    return warnings.some(({ registry }) => registry === "ES-ROBINSON");
  };
  return { ctx, warned };
}

it("silences the warning about a list that is not connected, until that is undone", async () => {
  const { ctx, warned } = await scene();
  expect(await warned()).toBe(true);
  const { id } = await silenceWarning(ctx, signed);
  expect(await warned()).toBe(false);
  const coverage = await listRegistryCoverage(ctx);
  expect(coverage.find(({ code }) => code === "ES-ROBINSON")?.silenced).toMatchObject({
    id,
    by: "Ada",
    reason: signed.reason,
  });
  await expect(silenceWarning(ctx, signed)).rejects.toMatchObject({ code: "conflict" });
  await restoreWarning(ctx, { id });
  expect(await warned()).toBe(true);
  await expect(restoreWarning(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
});

it.each(["US-TX-DNC", "IT-RPO", "partner"])(
  "cannot silence %s, which refuses calls",
  async (code) => {
    const { ctx } = await scene();
    await expect(silenceWarning(ctx, { ...signed, code })).rejects.toMatchObject({
      code: "invalid-field",
      explanation: { key: "registry.unread-refuses" },
    });
  },
);

it("is limited to officers, and a reason signed in another organization silences nothing", async () => {
  const { ctx, warned } = await scene();
  await expect(silenceWarning(as(ctx, "agent"), signed)).rejects.toMatchObject({
    code: "forbidden",
  });
  const { id } = await silenceWarning((await aMember()).ctx, signed);
  expect(await warned()).toBe(true);
  await expect(restoreWarning(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
});

import type { Phone } from "@ringfence/core/people/phone";
import { aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aRegistry, aRegistryThatLists, numbersOf } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { writeBlocked } from "./write-blocked.ts";

const listed = "+18185550000" as Phone;
const free = "+18185559999" as Phone;

async function linesOf(ctx: RootContext) {
  const parts: string[] = [];
  const asWorker = { ...ctx, actor: { type: "job", name: "webhook.deliver" } } as const;
  for await (const part of writeBlocked(asWorker)) parts.push(part);
  const [, ...lines] = parts.join("").trimEnd().split("\r\n");
  return lines
    .map((line) => line.split(","))
    .map(([phone, scope, , , , last]) => [phone, scope, last]);
}

async function scene() {
  const registry = await aRegistryThatLists(numbersOf(818, 3));
  const { organizationId } = registry;
  const code = (await registry.row()).code;
  await aPhone(db, organizationId, { e164: listed });
  const phoneId = await aPhone(db, organizationId, { e164: free });
  const suppress = (reason: string, until: Date | null) =>
    db.prisma.suppression.create({
      data: {
        organizationId,
        phoneId,
        reason,
        until,
        at: new Date(0),
        recordedAt: new Date(0),
        actor: {},
      },
    });
  return { ...registry, code, suppress };
}

it("tells of refusals, of what is suppressed, and of own numbers that a registry lists", async () => {
  const { asOfficer, code, suppress } = await scene();
  expect(await linesOf(asOfficer)).toEqual([[listed, "registry", code]]);
  await suppress("litigator", null);
  await suppress("partner_list", new Date(1));
  await recorded(asOfficer, { phone: listed, channel: "agent" });
  expect(await linesOf(asOfficer)).toEqual([
    [listed, "all", expect.any(String)],
    [listed, "registry", code],
    [free, "suppressed", "litigator"],
  ]);
});

it("leaves out registries that refuse no call", async () => {
  const { asOfficer, registryId } = await scene();
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { code: "US-PORTED" } });
  expect(await linesOf(asOfficer)).toEqual([]);
});

it("tells nothing of another organization, and is for the worker alone", async () => {
  const { asOfficer } = await scene();
  const other = await aRegistry();
  expect(await linesOf(other.asOfficer)).toEqual([]);
  await expect(writeBlocked(asOfficer).next()).rejects.toMatchObject({ code: "forbidden" });
});

it("tells of all phones of a person of whom one is suppressed", async () => {
  const { asOfficer, organizationId, code, suppress } = await scene();
  const ids = await db.prisma.phone.findMany({ where: { organizationId }, select: { id: true } });
  await db.prisma.contact.create({
    data: {
      organizationId,
      createdAt: new Date(0),
      updatedAt: new Date(0),
      phones: { create: ids.map(({ id }) => ({ phoneId: id })) },
    },
  });
  await suppress("litigator", null);
  expect(await linesOf(asOfficer)).toEqual([
    [listed, "suppressed", "litigator"],
    [listed, "registry", code],
    [free, "suppressed", "litigator"],
  ]);
});

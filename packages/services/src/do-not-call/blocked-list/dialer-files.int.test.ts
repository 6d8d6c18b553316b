import { aNumber, aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, addAnotherPhone, erase } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { streamBlockedNumbers, streamOptedOutNumbers } from "./dialer-files.ts";
import type { Phone } from "@ringfence/core/people/phone";
import { aRegistry, aRegistryThatLists, numbersInArea } from "../../../testing/registries.ts";

const asWorker = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "webhook.deliver" },
});

async function phonesIn(ctx: RootContext) {
  const parts: string[] = [];
  for await (const part of await streamOptedOutNumbers(asWorker(ctx))) parts.push(part);
  const [, ...lines] = parts.join("").trimEnd().split("\r\n");
  return lines.map((line) => line.split(",")[0]);
}

it("lists every opt-out from calls, for all phones of the person", async () => {
  const ctx = await aContext();
  const { phone, contactId } = await aCallablePhone(ctx);
  const other = await addAnotherPhone(ctx, contactId);
  const alone = aNumber();
  await recorded(ctx, { phone, channel: "agent" });
  await recorded(ctx, { phone: alone, channel: "sms", scope: { seller: "acme" } });
  await recorded(ctx, { phone: aNumber(), channel: "web", scope: { profiling: true } });
  expect(await phonesIn(ctx)).toEqual([...[phone, other.phone].toSorted(), alone]);
});

it("leaves out lifted opt-outs and erased numbers", async () => {
  const { ctx, phone, correct } = await aWrongRefusal();
  expect(await phonesIn(ctx)).toEqual([phone]);
  await correct();
  const gone = aNumber();
  await recorded(ctx, { phone: gone, channel: "agent" });
  await erase(ctx, gone);
  expect(await phonesIn(ctx)).toEqual([]);
});

it("continues page by page", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const { organizationId } = ctx;
  await recorded(ctx, { phone, channel: "agent" });
  await db.pool.query(
    `INSERT INTO opt_out (organization_id, id, phone_id, scope, channel, at, reference, recorded_at, actor)
     SELECT organization_id, uuid7(), phone_id, scope, channel, at, 'R' || n, recorded_at, actor
     FROM opt_out CROSS JOIN generate_series(1, 5000) AS n WHERE organization_id = $1`,
    [organizationId],
  );
  expect(await phonesIn(ctx)).toHaveLength(5_001);
});

it("lists nothing of another organization, and only for the worker", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await recorded(other, { phone: aNumber(), channel: "agent" });
  expect(await phonesIn(ctx)).toEqual([]);
  await expect(streamOptedOutNumbers(ctx)).rejects.toMatchObject({ code: "forbidden" });
});

const listed = "+18185550000" as Phone;

const free = "+18185559999" as Phone;

async function readLines(ctx: RootContext) {
  const parts: string[] = [];
  const asWorker = { ...ctx, actor: { type: "job", name: "webhook.deliver" } } as const;
  for await (const part of await streamBlockedNumbers(asWorker)) parts.push(part);
  const [, ...lines] = parts.join("").trimEnd().split("\r\n");
  return lines
    .map((line) => line.split(","))
    .map(([phone, scope, , , , last]) => [phone, scope, last]);
}

async function scene() {
  const registry = await aRegistryThatLists(numbersInArea(818, 3));
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

it("lists opt-outs, suppressions, and own numbers that a registry lists", async () => {
  const { asOfficer, code, suppress } = await scene();
  expect(await readLines(asOfficer)).toEqual([[listed, "registry", code]]);
  await suppress("litigator", null);
  await suppress("partner_list", new Date(1));
  await recorded(asOfficer, { phone: listed, channel: "agent" });
  expect(await readLines(asOfficer)).toEqual([
    [listed, "all", expect.any(String)],
    [listed, "registry", code],
    [free, "suppressed", "litigator"],
  ]);
});

it("leaves out registries that refuse no call", async () => {
  const { asOfficer, registryId } = await scene();
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { code: "US-PORTED" } });
  expect(await readLines(asOfficer)).toEqual([]);
});

it("lists nothing of another organization, and only for the worker", async () => {
  const { asOfficer } = await scene();
  const other = await aRegistry();
  expect(await readLines(other.asOfficer)).toEqual([]);
  await expect(streamBlockedNumbers(asOfficer)).rejects.toMatchObject({ code: "forbidden" });
});

it("lists all phones of a person one of whose phones is suppressed", async () => {
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
  expect(await readLines(asOfficer)).toEqual([
    [listed, "suppressed", "litigator"],
    [listed, "registry", code],
    [free, "suppressed", "litigator"],
  ]);
});

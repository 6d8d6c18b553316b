import { randomUUID } from "node:crypto";
import type { RegistryId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import { expect, it } from "vitest";
import { aMember } from "../../testing/members.ts";
import { aCallablePhone } from "../../testing/phones.ts";
import { aRegistryOf } from "../../testing/registry-history.ts";
import { recordOf } from "../../testing/rule-scene.ts";
import { db } from "../../testing/scenes.ts";
import { seenNow } from "../blocked-list/seen-now.ts";
import type { RootContext } from "../context.ts";
import { screenCall } from "../screening/index.ts";
import { claimDueRegistries } from "./claim-due-registries.ts";
import { connectRegistry } from "./connect-registry.ts";
import { disconnectRegistry } from "./disconnect-registry.ts";
import { listDisconnected } from "./list-disconnected.ts";
import { listRegistries } from "./list-registries.ts";
import { reconnectRegistry } from "./reconnect-registry.ts";
import { requestSync } from "./request-sync.ts";
import { settleDisconnection } from "./settle-disconnection.ts";
import { viewDisconnection } from "./view-disconnection.ts";

const reason = "Its source was mistyped.";
const hourAgo = new Date(Date.now() - 3_600_000);

/** A person who may be called, a registry that lists nobody of them, and two officers. */
async function scene(code: string, numbers: readonly number[] = []) {
  const first = await aMember();
  const second = await aMember({ of: first });
  const { phone } = await aCallablePhone(first.ctx);
  const registryId = await aRegistryOf(first.ctx, code, [
    { readAt: hourAgo, numbers: numbers.length > 0 ? [...numbers] : [12_025_550_999] },
  ]);
  return { ctx: first.ctx, other: second.ctx, phone, registryId };
}

const ofRegistries = async (ctx: RootContext, phone: Phone, at?: Date) => {
  const { refusals, warnings } = await screenCall(ctx, { phone, purpose: "marketing", at });
  return [...refusals, ...warnings].flatMap(({ registry, message }) =>
    registry === undefined ? [] : `${registry} ${message.key.replace("refusal.registry-", "")}`,
  );
};
const openOf = async (ctx: RootContext, registryId: RegistryId) => {
  const { open } = await viewDisconnection(ctx, registryId);
  if (open === null) throw new Error("nobody asked");
  return open;
};
const settle = async (
  ctx: RootContext,
  registryId: RegistryId,
  verdict: "accepted" | "rejected",
) => {
  const { id: disconnectionId } = await openOf(ctx, registryId);
  return settleDisconnection(ctx, { registryId, disconnectionId, verdict, reason });
};

it("lets one officer disconnect a list of the organization's own, which then refuses nobody", async () => {
  const { ctx, phone, registryId } = await scene("partner");
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { edition: 0, verifiedAt: null },
  });
  expect(await ofRegistries(ctx, phone)).toContain("partner unchecked.never");
  expect(await disconnectRegistry(ctx, { registryId, reason })).toEqual({ isDisconnected: true });
  expect(await ofRegistries(ctx, phone)).not.toContain("partner unchecked.never");
  expect(await listDisconnected(ctx)).toMatchObject([{ id: registryId, code: "partner" }]);
  expect(await listRegistries(ctx)).toEqual([]);
});

it("disconnects what a rule demands only once a second officer accepts, and then says so to calls", async () => {
  const { ctx, other, phone, registryId } = await scene("US-FTC-DNC");
  expect(await disconnectRegistry(ctx, { registryId, reason })).toEqual({ isDisconnected: false });
  expect(await ofRegistries(ctx, phone)).toEqual([]);
  await expect(settle(ctx, registryId, "accepted")).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "registry.disconnection-own" },
  });
  expect(await ofRegistries(ctx, phone)).toEqual([]);

  await settle(other, registryId, "accepted");
  expect(await ofRegistries(ctx, phone)).toEqual(["US-FTC-DNC unchecked.disconnected"]);
  expect((await recordOf(ctx, "registry.change")).map((details) => Object(details).change)).toEqual(
    ["disconnection-proposed", "disconnected"],
  );
});

it("explains a past screening by what was connected then", async () => {
  const { ctx, other, phone, registryId } = await scene("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  await settle(other, registryId, "accepted");
  expect(await ofRegistries(ctx, phone, new Date(Date.now() - 60_000))).toEqual([]);
  const editions = await db.prisma.registryEdition.count({ where: { registryId } });
  expect(editions).toBe(1);
});

it("connects it again as it was, and knows afterwards when it was not", async () => {
  const { ctx, other, phone, registryId } = await scene("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  await settle(other, registryId, "accepted");
  const { checked } = await screenCall(ctx, { phone, purpose: "marketing" });
  await reconnectRegistry(ctx, registryId);
  expect(await ofRegistries(ctx, phone)).toEqual([]);
  expect(await ofRegistries(ctx, phone, checked.at)).toEqual(["US-FTC-DNC unchecked.disconnected"]);
  expect(await listDisconnected(ctx)).toEqual([]);
  await expect(reconnectRegistry(ctx, registryId)).rejects.toMatchObject({ code: "conflict" });
});

it("keeps it connected where another officer rejects, or the one who asked withdraws", async () => {
  const { ctx, other, phone, registryId } = await scene("US-FTC-DNC");
  for (const by of [other, ctx]) {
    await disconnectRegistry(ctx, { registryId, reason });
    await expect(disconnectRegistry(other, { registryId, reason })).rejects.toMatchObject({
      explanation: { key: "registry.disconnection-proposed" },
    });
    await settle(by, registryId, "rejected");
  }
  expect(await ofRegistries(ctx, phone)).toEqual([]);
});

it("is accepted once, however many accept", async () => {
  const { ctx, other, registryId } = await scene("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  const { id: disconnectionId } = await openOf(ctx, registryId);
  const accept = () =>
    settleDisconnection(other, { registryId, disconnectionId, verdict: "accepted", reason });
  const tries = await Promise.allSettled([accept(), accept(), accept()]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("tells before what will come of it", async () => {
  const { ctx, registryId } = await scene("US-FTC-DNC");
  const { organizationId } = ctx;
  const counts = { US: 7, "US-NJ": 3 };
  await db.prisma.contactCount.create({ data: { organizationId, counts, newest: 0, countedAt: new Date() } });
  expect(await viewDisconnection(ctx, registryId)).toMatchObject({
    effect: "refused",
    isLifted: true,
    needsSecond: true,
    contacts: 7,
    open: null,
  });
});

it("is not read nor watched meanwhile, and its numbers leave the blocked list", async () => {
  const { ctx, registryId } = await scene("partner");
  const { organizationId } = ctx;
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { source: { kind: "folder", path: "us" }, sweptAt: hourAgo, verifiedAt: hourAgo },
  });
  const before = await seenNow(db.prisma, organizationId);
  await disconnectRegistry(ctx, { registryId, reason });
  expect(await seenNow(db.prisma, organizationId)).not.toBe(before);
  await expect(requestSync(ctx, registryId)).rejects.toMatchObject({ code: "conflict" });
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { sweptAt: null } });
  await claimDueRegistries(db);
  expect(await db.prisma.run.count({ where: { organizationId } })).toBe(0);
});

it("says of a code that was disconnected that it can be connected again, not taken anew", async () => {
  const { ctx, registryId } = await scene("partner");
  await disconnectRegistry(ctx, { registryId, reason });
  const anew = connectRegistry(ctx, {
    code: "partner",
    name: "Partner",
    format: { reader: "us-dnc" },
    source: { kind: "upload" },
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  });
  await expect(anew).rejects.toMatchObject({
    explanation: { key: "error.registry-disconnected" },
  });
});

it("is for officers, and finds no registry of another organization", async () => {
  const { ctx, registryId } = await scene("partner");
  const { ctx: agent } = await aMember({ role: "agent", of: { ctx } });
  await expect(disconnectRegistry(agent, { registryId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { ctx: theirs } = await aMember();
  for (const asked of [
    disconnectRegistry(theirs, { registryId, reason }),
    reconnectRegistry(theirs, registryId),
    viewDisconnection(theirs, registryId),
    settleDisconnection(theirs, {
      registryId,
      disconnectionId: randomUUID(),
      verdict: "accepted",
      reason,
    }),
  ]) {
    await expect(asked).rejects.toMatchObject({ code: "not-found" });
  }
});

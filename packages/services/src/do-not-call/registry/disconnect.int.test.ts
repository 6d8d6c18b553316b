import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  aConnectedRegistry,
  findRegistryReasons,
  hourAgo,
  loadOpenDisconnection,
  reason,
  settle,
} from "../../../testing/disconnections.ts";
import { aMember, anEmail } from "../../../testing/members.ts";
import { listAuditDetails } from "../../../testing/rule-scene.ts";
import { db } from "../../../testing/scenes.ts";
import { startDueReadings } from "./reading-schedule.ts";
import { readSourceState } from "../blocked-list/due.ts";
import { connectRegistry } from "./connect.ts";
import {
  disconnectRegistry,
  listDisconnectedRegistries,
  reconnectRegistry,
  reviewDisconnection,
  viewDisconnection,
} from "./disconnect.ts";
import { listRegistries, viewRegistry } from "./list.ts";
import { startSync } from "./sync.ts";
import { addMember } from "../../account/member/manage-members.ts";
import { toActor } from "../../account/member/sessions.ts";
import { screenCall } from "../../calling/screening/index.ts";

it("lets one officer disconnect an own list, which then refuses nobody", async () => {
  const { ctx, phone, registryId } = await aConnectedRegistry("partner");
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { edition: 0, verifiedAt: null },
  });
  expect(await findRegistryReasons(ctx, phone)).toContain("partner unchecked.never");
  expect(await disconnectRegistry(ctx, { registryId, reason })).toEqual({ isDisconnected: true });
  expect(await findRegistryReasons(ctx, phone)).not.toContain("partner unchecked.never");
  expect(await listDisconnectedRegistries(ctx)).toMatchObject([
    { id: registryId, code: "partner" },
  ]);
  expect(await listRegistries(ctx)).toEqual([]);
});

it("disconnects a required registry only when a second officer accepts, and then says so in screenings", async () => {
  const { ctx, other, phone, registryId } = await aConnectedRegistry("US-FTC-DNC");
  expect(await disconnectRegistry(ctx, { registryId, reason })).toEqual({ isDisconnected: false });
  expect(await findRegistryReasons(ctx, phone)).toEqual([]);
  await expect(settle(ctx, registryId, "accepted")).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.own" },
  });
  expect(await findRegistryReasons(ctx, phone)).toEqual([]);

  await settle(other, registryId, "accepted");
  expect(await findRegistryReasons(ctx, phone)).toEqual(["US-FTC-DNC unchecked.disconnected"]);
  expect(
    (await listAuditDetails(ctx, "registry.change")).map((details) => Object(details).change),
  ).toEqual(["disconnection-proposed", "disconnected"]);
});

it("explains a past screening with the registries connected at that time", async () => {
  const { ctx, other, phone, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  await settle(other, registryId, "accepted");
  expect(await findRegistryReasons(ctx, phone, new Date(Date.now() - 60_000))).toEqual([]);
  const editions = await db.prisma.registryEdition.count({ where: { registryId } });
  expect(editions).toBe(1);
});

it("is neither read nor watched while disconnected, and its numbers leave the blocked list", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
  const { organizationId } = ctx;
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: {
      source: { kind: "folder", path: "us" },
      format: { reader: "us-dnc" },
      sweptAt: hourAgo,
      verifiedAt: hourAgo,
    },
  });
  const before = await readSourceState(db.prisma, organizationId);
  await disconnectRegistry(ctx, { registryId, reason });
  expect(await readSourceState(db.prisma, organizationId)).not.toBe(before);
  await expect(startSync(ctx, registryId)).rejects.toMatchObject({ code: "conflict" });
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { sweptAt: null } });
  await startDueReadings(db);
  expect(await db.prisma.run.count({ where: { organizationId } })).toBe(0);
  expect(await viewRegistry(ctx, registryId)).toMatchObject({
    awaits: "connection",
    nextReadAt: null,
  });
});

it("says that a disconnected code can be reconnected, instead of connecting it anew", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
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

it("is limited to officers, and finds no registry of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
  const { ctx: agent } = await aMember({ role: "agent", of: { ctx } });
  await expect(disconnectRegistry(agent, { registryId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { ctx: theirs } = await aMember();
  const tries = [
    disconnectRegistry(theirs, { registryId, reason }),
    reconnectRegistry(theirs, registryId),
    viewDisconnection(theirs, registryId),
    reviewDisconnection(theirs, {
      registryId,
      disconnectionId: randomUUID(),
      verdict: "accepted",
      reason,
    }),
  ];
  await Promise.all(
    tries.map((tried) => expect(tried).rejects.toMatchObject({ code: "not-found" })),
  );
});

it("cannot be accepted by an officer whom the proposer added", async () => {
  const { ctx, registryId } = await aConnectedRegistry("US-FTC-DNC");
  const owner = await aMember({ role: "owner", of: { ctx } });
  await disconnectRegistry(owner.ctx, { registryId, reason });
  const { memberId } = await addMember(owner.ctx, {
    name: "Bo",
    email: anEmail(),
    role: "officer",
    sellerIds: [],
    canSendMail: false,
  });
  const puppet = {
    ...ctx,
    actor: toActor({ memberId, role: "officer", sellerIds: [], isProven: true }),
  };
  expect(await loadOpenDisconnection(puppet, registryId)).toMatchObject({
    acceptFault: { key: "review.unconfirmed" },
  });
  await expect(settle(puppet, registryId, "accepted")).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.unconfirmed" },
  });
});

it("keeps the registry connected when another officer rejects, or the proposer withdraws", async () => {
  const { ctx, other, phone, registryId } = await aConnectedRegistry("US-FTC-DNC");
  for (const by of [other, ctx]) {
    await disconnectRegistry(ctx, { registryId, reason });
    await expect(disconnectRegistry(other, { registryId, reason })).rejects.toMatchObject({
      explanation: { key: "registry.disconnection-proposed" },
    });
    await settle(by, registryId, "rejected");
  }
  expect(await findRegistryReasons(ctx, phone)).toEqual([]);
});

it("is accepted only once, however many officers accept", async () => {
  const { ctx, other, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  const { id: disconnectionId } = await loadOpenDisconnection(ctx, registryId);
  const accept = () =>
    reviewDisconnection(other, { registryId, disconnectionId, verdict: "accepted", reason });
  const tries = await Promise.allSettled([accept(), accept(), accept()]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("reviews no proposal of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  const { id: disconnectionId } = await loadOpenDisconnection(ctx, registryId);
  const { ctx: theirs } = await aMember();
  const accepted = { registryId, disconnectionId, verdict: "accepted", reason } as const;
  await expect(reviewDisconnection(theirs, accepted)).rejects.toMatchObject({ code: "not-found" });
  const unknown = { ...accepted, disconnectionId: randomUUID() };
  await expect(reviewDisconnection(ctx, unknown)).rejects.toMatchObject({ code: "conflict" });
});

it("reconnects a registry unchanged, and still knows when it was disconnected", async () => {
  const { ctx, other, phone, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  await settle(other, registryId, "accepted");
  const { checked } = await screenCall(ctx, { phone, purpose: "marketing" });
  await reconnectRegistry(ctx, registryId);
  expect(await findRegistryReasons(ctx, phone)).toEqual([]);
  expect(await findRegistryReasons(ctx, phone, checked.at)).toEqual([
    "US-FTC-DNC unchecked.disconnected",
  ]);
  expect(await listDisconnectedRegistries(ctx)).toEqual([]);
  await expect(reconnectRegistry(ctx, registryId)).rejects.toMatchObject({ code: "conflict" });
});

it("reconnects none of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
  await disconnectRegistry(ctx, { registryId, reason });
  const { ctx: theirs } = await aMember();
  await expect(reconnectRegistry(theirs, registryId)).rejects.toMatchObject({ code: "not-found" });
});

it("lists disconnected registries, and none of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
  expect(await listDisconnectedRegistries(ctx)).toEqual([]);
  await disconnectRegistry(ctx, { registryId, reason });
  expect(await listDisconnectedRegistries(ctx)).toMatchObject([
    { id: registryId, name: "partner" },
  ]);
  expect(await listDisconnectedRegistries((await aMember()).ctx)).toEqual([]);
});

it("shows the effect before a registry is disconnected", async () => {
  const { ctx, registryId } = await aConnectedRegistry("US-FTC-DNC");
  const { organizationId } = ctx;
  const counts = { US: 7, "US-NJ": 3 };
  await db.prisma.contactCount.create({
    data: { organizationId, counts, newest: 0, countedAt: new Date() },
  });
  expect(await viewDisconnection(ctx, registryId)).toMatchObject({
    effect: "refused",
    isLifted: true,
    needsSecond: true,
    contacts: 7,
    open: null,
  });
});

it("shows nothing of a registry of another organization", async () => {
  const { registryId } = await aConnectedRegistry("US-FTC-DNC");
  const { ctx: theirs } = await aMember();
  await expect(viewDisconnection(theirs, registryId)).rejects.toMatchObject({ code: "not-found" });
});

import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  aConnectedRegistry,
  hourAgo,
  findRegistryReasons,
  reason,
  settle,
} from "../../../testing/disconnections.ts";
import { aMember } from "../../../testing/members.ts";
import { recordOf } from "../../../testing/rule-scene.ts";
import { db } from "../../../testing/scenes.ts";
import { seenNow } from "../blocked-list/seen-now.ts";
import { claimDueRegistries } from "./claim-due-registries.ts";
import { connectRegistry } from "./connect-registry.ts";
import { disconnectRegistry } from "./disconnect-registry.ts";
import { listDisconnected } from "./list-disconnected.ts";
import { listRegistries } from "./list-registries.ts";
import { reconnectRegistry } from "./reconnect-registry.ts";
import { requestSync } from "./request-sync.ts";
import { settleDisconnection } from "./settle-disconnection.ts";
import { viewDisconnection } from "./view-disconnection.ts";

it("lets one officer disconnect an own list, which then refuses nobody", async () => {
  const { ctx, phone, registryId } = await aConnectedRegistry("partner");
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { edition: 0, verifiedAt: null },
  });
  expect(await findRegistryReasons(ctx, phone)).toContain("partner unchecked.never");
  expect(await disconnectRegistry(ctx, { registryId, reason })).toEqual({ isDisconnected: true });
  expect(await findRegistryReasons(ctx, phone)).not.toContain("partner unchecked.never");
  expect(await listDisconnected(ctx)).toMatchObject([{ id: registryId, code: "partner" }]);
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
  expect((await recordOf(ctx, "registry.change")).map((details) => Object(details).change)).toEqual(
    ["disconnection-proposed", "disconnected"],
  );
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
    settleDisconnection(theirs, {
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

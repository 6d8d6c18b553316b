import { expect, it } from "vitest";
import {
  aConnectedRegistry,
  findRegistryReasons,
  reason,
  settle,
} from "../../../testing/disconnections.ts";
import { aMember } from "../../../testing/members.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { disconnectRegistry } from "./disconnect-registry.ts";
import { listDisconnected } from "./list-disconnected.ts";
import { reconnectRegistry } from "./reconnect-registry.ts";

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
  expect(await listDisconnected(ctx)).toEqual([]);
  await expect(reconnectRegistry(ctx, registryId)).rejects.toMatchObject({ code: "conflict" });
});

it("reconnects none of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
  await disconnectRegistry(ctx, { registryId, reason });
  const { ctx: theirs } = await aMember();
  await expect(reconnectRegistry(theirs, registryId)).rejects.toMatchObject({ code: "not-found" });
});

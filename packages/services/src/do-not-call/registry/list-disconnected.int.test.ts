import { expect, it } from "vitest";
import { aConnectedRegistry, reason } from "../../../testing/disconnections.ts";
import { aMember } from "../../../testing/members.ts";
import { disconnectRegistry } from "./disconnect-registry.ts";
import { listDisconnected } from "./list-disconnected.ts";

it("lists disconnected registries, and none of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("partner");
  expect(await listDisconnected(ctx)).toEqual([]);
  await disconnectRegistry(ctx, { registryId, reason });
  expect(await listDisconnected(ctx)).toMatchObject([{ id: registryId, name: "partner" }]);
  expect(await listDisconnected((await aMember()).ctx)).toEqual([]);
});

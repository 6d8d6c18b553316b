import { expect, it } from "vitest";
import { aConnectedRegistry } from "../../../testing/disconnections.ts";
import { aMember } from "../../../testing/members.ts";
import { db } from "../../../testing/scenes.ts";
import { viewDisconnection } from "./view-disconnection.ts";

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

import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  aConnectedRegistry,
  ofRegistries,
  openOf,
  reason,
  settle,
} from "../../testing/disconnections.ts";
import { aMember, anEmail } from "../../testing/members.ts";
import { addMember } from "../member/add-member.ts";
import { actorOf } from "../member/session.ts";
import { disconnectRegistry } from "./disconnect-registry.ts";
import { settleDisconnection } from "./settle-disconnection.ts";

it("is not disconnected by an officer whom the proposer has added", async () => {
  const { ctx, registryId } = await aConnectedRegistry("US-FTC-DNC");
  const owner = await aMember({ role: "owner", of: { ctx } });
  await disconnectRegistry(owner.ctx, { registryId, reason });
  const { memberId } = await addMember(
    owner.ctx,
    {
      name: "Bo",
      email: anEmail(),
      role: "officer",
      sellerIds: [],
    },
    { isMailSet: false },
  );
  const puppet = { ...ctx, actor: actorOf({ memberId, role: "officer", sellerIds: [] }) };
  expect(await openOf(puppet, registryId)).toMatchObject({
    acceptFault: { key: "review.unconfirmed" },
  });
  await expect(settle(puppet, registryId, "accepted")).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.unconfirmed" },
  });
});

it("keeps it connected where another officer rejects, or the one who asked withdraws", async () => {
  const { ctx, other, phone, registryId } = await aConnectedRegistry("US-FTC-DNC");
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
  const { ctx, other, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  const { id: disconnectionId } = await openOf(ctx, registryId);
  const accept = () =>
    settleDisconnection(other, { registryId, disconnectionId, verdict: "accepted", reason });
  const tries = await Promise.allSettled([accept(), accept(), accept()]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("settles nothing of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  const { id: disconnectionId } = await openOf(ctx, registryId);
  const { ctx: theirs } = await aMember();
  const accepted = { registryId, disconnectionId, verdict: "accepted", reason } as const;
  await expect(settleDisconnection(theirs, accepted)).rejects.toMatchObject({ code: "not-found" });
  const unknown = { ...accepted, disconnectionId: randomUUID() };
  await expect(settleDisconnection(ctx, unknown)).rejects.toMatchObject({ code: "conflict" });
});

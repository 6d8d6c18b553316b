import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  aConnectedRegistry,
  findRegistryReasons,
  loadOpenDisconnection,
  reason,
  settle,
} from "../../../testing/disconnections.ts";
import { aMember, anEmail } from "../../../testing/members.ts";
import { addMember } from "../../account/member/add-member.ts";
import { actorOf } from "../../account/member/session.ts";
import { disconnectRegistry } from "./disconnect-registry.ts";
import { settleDisconnection } from "./settle-disconnection.ts";

it("cannot be accepted by an officer whom the proposer added", async () => {
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
    settleDisconnection(other, { registryId, disconnectionId, verdict: "accepted", reason });
  const tries = await Promise.allSettled([accept(), accept(), accept()]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("settles nothing of another organization", async () => {
  const { ctx, registryId } = await aConnectedRegistry("US-FTC-DNC");
  await disconnectRegistry(ctx, { registryId, reason });
  const { id: disconnectionId } = await loadOpenDisconnection(ctx, registryId);
  const { ctx: theirs } = await aMember();
  const accepted = { registryId, disconnectionId, verdict: "accepted", reason } as const;
  await expect(settleDisconnection(theirs, accepted)).rejects.toMatchObject({ code: "not-found" });
  const unknown = { ...accepted, disconnectionId: randomUUID() };
  await expect(settleDisconnection(ctx, unknown)).rejects.toMatchObject({ code: "conflict" });
});

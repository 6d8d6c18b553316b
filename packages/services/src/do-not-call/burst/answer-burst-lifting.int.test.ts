import { expect, it } from "vitest";
import { aFloodedPage } from "../../../testing/flooded-page.ts";
import { aPublicPage } from "../../../testing/floods.ts";
import { aMember, anEmail } from "../../../testing/members.ts";
import { as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { addMember } from "../../account/member/manage-members.ts";
import { toActor } from "../../account/member/sessions.ts";
import { answerBurstLifting } from "./answer-burst-lifting.ts";
import { proposeBurstLifting } from "./propose-burst-lifting.ts";

it("lifts nothing until a second officer accepts", async () => {
  const { phones, propose, perform, isRefused, officer, other } = await aFloodedPage();
  const { id } = await propose();
  await expect(answerBurstLifting(officer, { id, isAccepted: true })).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.own" },
  });
  const agent = as(officer, "agent");
  await expect(answerBurstLifting(agent, { id, isAccepted: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  await perform(id);
  await answerBurstLifting(other, { id, isAccepted: false });
  await perform(id);
  expect(await isRefused(phones[0] ?? "")).toBe(true);
});

it("accepts one answer, however many are sent at once", async () => {
  const { propose, other } = await aFloodedPage();
  const { id } = await propose();
  const tries = await Promise.allSettled(
    [true, false, true].map((isAccepted) => answerBurstLifting(other, { id, isAccepted })),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const { reason } of tries.filter((one) => one.status === "rejected")) {
    expect(reason).toMatchObject({ explanation: { key: "opt-out.burst-lifting-answered" } });
  }
});

it("is refused by the database too if the code ever let one officer do both", async () => {
  const { propose, organizationId } = await aFloodedPage();
  const { id } = await propose();
  const { actor } = await db.prisma.burstLifting.findFirstOrThrow({
    where: { organizationId, id },
  });
  const answer = { organizationId, liftingId: id, isAccepted: true, answeredAt: new Date() };
  await expect(
    db.prisma.burstLiftingAnswer.create({ data: { ...answer, actor: Object(actor) } }),
  ).rejects.toThrow(/another than who asked/);
});

it("finds no lifting of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), await aFloodedPage()];
  const { id } = await theirs.propose();
  await expect(answerBurstLifting(mine.other, { id, isAccepted: true })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("cannot be accepted by an officer whom the proposer added", async () => {
  const { officer, burstId, organizationId } = await aFloodedPage();
  const owner = await aMember({ role: "owner", of: { ctx: officer } });
  const asked = { id: await burstId(), reason: "A script sent them.", includesProof: false };
  const { id } = await proposeBurstLifting(owner.ctx, asked);
  const added = { name: "Bo", email: anEmail(), role: "officer", sellerIds: [] } as const;
  const { memberId } = await addMember(
    owner.ctx,
    { ...added, sellerIds: [] },
    { isMailSet: false },
  );
  const actor = toActor({ memberId, role: "officer", sellerIds: [] });
  const newcomer: RootContext = { ...officer, actor };
  await expect(answerBurstLifting(newcomer, { id, isAccepted: true })).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.unconfirmed" },
  });
  expect(await db.prisma.burstLiftingAnswer.count({ where: { organizationId } })).toBe(0);
});

import { RefusalBurstId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPublicPage } from "../../../testing/floods.ts";
import { as, db } from "../../../testing/scenes.ts";
import { aVisitor } from "../../../testing/visitors.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { answerBurstLifting, dismissBurst, proposeBurstLifting } from "./decide.ts";
import { listBursts } from "./list.ts";
import { aFloodedPage } from "../../../testing/flooded-page.ts";
import { aMember, anEmail } from "../../../testing/members.ts";
import type { RootContext } from "../../platform/context.ts";
import { addMember } from "../../account/member/manage-members.ts";
import { toActor } from "../../account/member/sessions.ts";

async function aBurst() {
  const page = await aPublicPage();
  const { address } = await page.flood();
  const id = RefusalBurstId.parse((await page.bursts())[0]?.id);
  return { ...page, address, id };
}

it("keeps the opt-outs in force and ends the reminders", async () => {
  const { officer, id } = await aBurst();
  await dismissBurst(officer, { id });
  expect(await listNeeds(officer)).toEqual([]);
  const { items } = await listBursts(officer, {});
  expect(items).toMatchObject([{ id, lifted: 0, dismissed: { by: { type: "member" } } }]);
});

it("starts a new burst, with an alarm, when a flood goes on after it was dismissed", async () => {
  const { officer, id, refuse, address, bursts } = await aBurst();
  await dismissBurst(officer, { id });
  await refuse(aNumber(), aVisitor(address));
  const [, next] = await bursts();
  expect(next?.refusals).toHaveLength(1);
  expect(await listNeeds(officer)).toMatchObject([{ kind: "bursts-open", count: 1 }]);
});

it("is refused to agents, and finds no burst of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), await aBurst()];
  const { id } = theirs;
  await expect(dismissBurst(as(theirs.officer, "agent"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(dismissBurst(mine.officer, { id })).rejects.toMatchObject({ code: "not-found" });
  expect((await listBursts(theirs.officer, {})).items).toMatchObject([{ dismissed: null }]);
});

it("accepts one proposal, and asks other officers but not the proposer", async () => {
  const { propose, officer, other } = await aFloodedPage();
  await propose();
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.burst-lifting-open" },
  });
  const kinds = async (by = officer) => (await listNeeds(by)).map(({ kind }) => kind);
  expect(await kinds()).toEqual(["bursts-open"]);
  expect(await kinds(other)).toEqual(["bursts-open", "burst-liftings-open"]);
});

it("keeps the officer's words out of the audit trail", async () => {
  const { propose, organizationId } = await aFloodedPage();
  await propose();
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "opt-out.correct" },
  });
  expect(entries).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toContain("A script");
});

it("is refused to agents, and finds no burst of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), await aFloodedPage()];
  const asked = { id: await theirs.burstId(), reason: "A script.", includesProof: false };
  await expect(proposeBurstLifting(mine.officer, asked)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(proposeBurstLifting(as(theirs.officer, "agent"), asked)).rejects.toMatchObject({
    code: "forbidden",
  });
});

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
  const { memberId } = await addMember(owner.ctx, { ...added, sellerIds: [], canSendMail: false });
  const actor = toActor({ memberId, role: "officer", sellerIds: [], isProven: true });
  const newcomer: RootContext = { ...officer, actor };
  await expect(answerBurstLifting(newcomer, { id, isAccepted: true })).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.unconfirmed" },
  });
  expect(await db.prisma.burstLiftingAnswer.count({ where: { organizationId } })).toBe(0);
});

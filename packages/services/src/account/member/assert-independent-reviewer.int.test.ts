import type { Role } from "@ringfence/core/platform/access";
import type { MemberId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aDraft } from "../../../testing/campaigns.ts";
import { aMember, anEmail } from "../../../testing/members.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { findRefusalReasons } from "../../../testing/corrections.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { readCampaign } from "../../audience/campaign/list.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { writeLink } from "../../platform/keys/links-and-codes.ts";
import { addMember, changeMember, removeMember, resetMemberPassword } from "./manage-members.ts";
import { answerCorrection, proposeCorrection } from "../../do-not-call/opt-out/correct.ts";
import { readOptOut } from "../../do-not-call/opt-out/list.ts";
import { assertIndependentReviewer } from "./assert-independent-reviewer.ts";
import { choosePasswordByLink } from "./member-link.ts";
import { toActor } from "./sessions.ts";

/**
 * Creates an owner, an officer whom no member added, and an opt-out of a number that could be called
 * otherwise.
 */
async function aReviewScene() {
  const owner = await aMember({ role: "owner" });
  const officer = await aMember({ of: owner });
  const { phone } = await aCallablePhone(owner.ctx);
  const { id } = await recorded(owner.ctx, { phone, channel: "agent" });
  const propose = (by: RootContext) =>
    proposeCorrection(by, { optOut: id, reason: "One digit was misheard." });
  return { owner, officer, phone, optOutId: id, propose };
}

const newPassword = "a hill of dandelions";
const shown = { canSendMail: false };

type Signed = { memberId: MemberId; ctx: RootContext };

async function add(by: RootContext, role: Role = "officer", email = anEmail()): Promise<Signed> {
  const { memberId } = await addMember(by, { name: "Bo", email, role, sellerIds: [], ...shown });
  return { memberId, ctx: actingAs(by, memberId, role) };
}

const actingAs = (
  { organizationId }: RootContext,
  memberId: MemberId,
  role: Role,
): RootContext => ({
  db,
  keys,
  organizationId,
  actor: toActor({ memberId, role, sellerIds: [], isProven: true }),
});

const accept = (by: RootContext, { id }: Awaited<ReturnType<typeof proposeCorrection>>) =>
  answerCorrection(by, { id, isAccepted: true });

const forbidden = (key: string) => ({ code: "forbidden", explanation: { key } });

it("lifts no opt-out when the accepting officer was added by the proposer", async () => {
  const { owner, phone, propose, optOutId } = await aReviewScene();
  const asked = await propose(owner.ctx);
  const puppet = await add(owner.ctx);
  await expect(accept(puppet.ctx, asked)).rejects.toMatchObject(forbidden("review.unconfirmed"));
  expect(await findRefusalReasons(owner.ctx, phone)).toContain("opted-out");
  const { corrections } = await readOptOut(puppet.ctx, { id: optOutId });
  expect(corrections).toMatchObject([{ acceptFault: { key: "review.unconfirmed" } }]);
});

it("lifts an opt-out when the accepting officer is independent of the proposer", async () => {
  const { owner, officer, phone, propose } = await aReviewScene();
  await accept(officer.ctx, await propose(owner.ctx));
  expect(await findRefusalReasons(owner.ctx, phone)).not.toContain("opted-out");
});

it("lifts no opt-out when the proposer gave the accepting officer a new link or another role", async () => {
  const { owner, officer, propose } = await aReviewScene();
  const asked = await propose(owner.ctx);
  await changeMember(owner.ctx, { memberId: officer.memberId, role: "auditor", sellerIds: [] });
  await changeMember(owner.ctx, { memberId: officer.memberId, role: "officer", sellerIds: [] });
  await expect(accept(officer.ctx, asked)).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "review.linked", values: { until: expect.any(Date) } },
  });
  await resetMemberPassword(owner.ctx, { memberId: officer.memberId, ...shown });
  await expect(accept(officer.ctx, asked)).rejects.toMatchObject(forbidden("review.unconfirmed"));
});

it("counts a shown link until the member uses a mailed one, and the mailed one for seven days", async () => {
  const { owner, officer, propose } = await aReviewScene();
  const { organizationId } = owner.ctx;
  const asked = await propose(owner.ctx);
  const { link } = await resetMemberPassword(owner.ctx, { memberId: officer.memberId, ...shown });
  expect(await choosePasswordByLink(owner.ctx, { link: link ?? "", newPassword })).toBe("chosen");
  await expect(accept(officer.ctx, asked)).rejects.toMatchObject(forbidden("review.unconfirmed"));

  const other = await aMember({ of: owner, role: "owner" });
  expect(
    await resetMemberPassword(other.ctx, { memberId: officer.memberId, canSendMail: true }),
  ).toEqual({
    link: null,
  });
  const where = { organizationId, memberId: officer.memberId };
  const { id } = await db.prisma.memberLink.findFirstOrThrow({ where });
  const mailed = writeLink(keys, "member link", { organizationId, id });
  expect(await choosePasswordByLink(owner.ctx, { link: mailed, newPassword })).toBe("chosen");
  expect(await db.prisma.memberEvent.count({ where: { ...where, kind: "confirmed" } })).toBe(1);
  await expect(accept(officer.ctx, asked)).rejects.toMatchObject({
    explanation: { key: "review.linked", values: { until: expect.any(Date) } },
  });
});

it("follows a chain: a member added by an owner whom the proposer added is not independent", async () => {
  const { owner, propose } = await aReviewScene();
  const asked = await propose(owner.ctx);
  const second = await add(owner.ctx, "owner");
  const third = await add(second.ctx);
  await expect(accept(third.ctx, asked)).rejects.toMatchObject(forbidden("review.unconfirmed"));
});

it("lets nobody accept a proposal by a member they added", async () => {
  const { owner, propose } = await aReviewScene();
  const puppet = await add(owner.ctx);
  const asked = await propose(puppet.ctx);
  await expect(accept(owner.ctx, asked)).rejects.toMatchObject(forbidden("review.unconfirmed"));
  const other = await add(owner.ctx);
  await expect(accept(other.ctx, asked)).rejects.toMatchObject(forbidden("review.unconfirmed"));
});

it("recognizes a proposer who was removed and added again", async () => {
  const { owner, propose } = await aReviewScene();
  const email = anEmail();
  const first = await aMember({ of: owner, email });
  const asked = await propose(first.ctx);
  const second = await aMember({ of: owner, role: "owner" });
  await removeMember(second.ctx, first.memberId);
  const again = await add(second.ctx, "officer", email);
  await expect(accept(again.ctx, asked)).rejects.toMatchObject(forbidden("review.own"));
});

it("refuses an answer if its member was removed or demoted after the request began", async () => {
  const { owner, officer, propose } = await aReviewScene();
  const proposer = await aMember({ of: owner });
  const asked = await propose(proposer.ctx);
  await changeMember(owner.ctx, { memberId: officer.memberId, role: "agent", sellerIds: [] });
  await expect(accept(officer.ctx, asked)).rejects.toMatchObject(forbidden("review.no-more"));
  await removeMember(owner.ctx, officer.memberId);
  await expect(accept(officer.ctx, asked)).rejects.toMatchObject(forbidden("review.no-more"));
});

it("approves no campaign when the accepting officer was added by one of its authors", async () => {
  const { ctx, campaignId, move } = await aDraft();
  const author = await aMember({ role: "owner", of: { ctx } });
  await move("submit", author.ctx);
  const puppet = await add(author.ctx);
  const fault = forbidden("review.unconfirmed");
  await expect(move("approve", puppet.ctx)).rejects.toMatchObject(fault);
  const { acts } = await readCampaign(puppet.ctx, { campaignId });
  expect(acts).toContainEqual({ act: "approve", fault: fault.explanation });
  const { ctx: another } = await aMember({ of: { ctx } });
  expect(await move("approve", another)).toEqual({ state: "approved" });
});

it("is limited to members", async () => {
  const { owner } = await aReviewScene();
  const ctx: RootContext = { ...owner.ctx, actor: { type: "job", name: "import.run" } };
  await expect(
    inTransaction(ctx, (ctx) => assertIndependentReviewer(ctx, [{ id: owner.memberId }])),
  ).rejects.toMatchObject({ code: "forbidden" });
});

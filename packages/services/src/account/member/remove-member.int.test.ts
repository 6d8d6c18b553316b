import { expect, it } from "vitest";
import { aMember, aSession, atOnce } from "../../../testing/members.ts";
import { as, db, keys } from "../../../testing/scenes.ts";
import { listAudit } from "../../desk/audit-log/index.ts";
import { addMember } from "./add-member.ts";
import { currentMember } from "./current-member.ts";
import { listMembers } from "./list-members.ts";
import { removeMember } from "./remove-member.ts";
import { startSession } from "./start-session.ts";

it("ends every sign-in at once, and lets in no more", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  const session = await aSession(colleague);

  await removeMember(owner.ctx, colleague.memberId);

  expect(await currentMember(db, session)).toBeNull();
  expect(await startSession({ db, keys }, colleague.signIn, null)).toEqual({ outcome: "unknown" });
});

it("knows nobody by a sign-in that outlived the removal", async () => {
  const colleague = await aMember();
  const session = await aSession(colleague);
  await db.prisma.member.updateMany({
    where: { id: colleague.memberId },
    data: { removedAt: new Date("2026-01-05T10:00:00Z") },
  });

  expect(await currentMember(db, session)).toBeNull();
});

it("keeps the name of who did what, and the e-mail may be used anew", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  await aSession(colleague);
  await removeMember(owner.ctx, colleague.memberId);

  const { items } = await listAudit(owner.ctx, { limit: 10 });
  expect(items.find(({ action }) => action === "session.start")?.by).toMatchObject({ name: "Ada" });

  const { email } = colleague.signIn;
  await addMember(
    owner.ctx,
    { name: "Eve", email, role: "agent", sellerIds: [] },
    { isMailSet: false },
  );
  const members = (await listMembers(owner.ctx)).filter((member) => member.email === email);
  expect(members).toMatchObject([
    { name: "Ada", removedAt: expect.any(Date) },
    { name: "Eve", removedAt: null },
  ]);
});

it("leaves an owner where two remove each other at once", async () => {
  const ada = await aMember({ role: "owner" });
  const bob = await aMember({ of: ada, role: "owner" });

  const removed = await atOnce(
    [ada, bob],
    [() => removeMember(ada.ctx, bob.memberId), () => removeMember(bob.ctx, ada.memberId)],
  );

  expect(removed.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(removed.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { explanation: { key: "error.owner-no-more" } },
  });
  const where = { organizationId: ada.ctx.organizationId, role: "owner", removedAt: null } as const;
  expect(await db.prisma.member.count({ where })).toBe(1);
});

it("removes neither oneself, so that an owner is left, nor anybody of another organization", async () => {
  const [{ ctx, memberId }, stranger] = [await aMember({ role: "owner" }), await aMember()];

  await expect(removeMember(ctx, memberId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeMember(ctx, stranger.memberId)).rejects.toMatchObject({ code: "not-found" });
});

it("removes once, and puts it on record once", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner });

  await removeMember(owner.ctx, memberId);
  await expect(removeMember(owner.ctx, memberId)).rejects.toMatchObject({ code: "not-found" });

  const where = { organizationId: owner.ctx.organizationId, action: "member.change" };
  const details = { memberId, change: "removed" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([{ details }]);
});

it("is for owners", async () => {
  const { ctx, memberId } = await aMember();
  await expect(removeMember(as(ctx, "officer"), memberId)).rejects.toMatchObject({
    code: "forbidden",
  });
});

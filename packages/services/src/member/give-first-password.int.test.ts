import { expect, it } from "vitest";
import { aMember, aSession, atOnce } from "../../testing/members.ts";
import { as, db, keys } from "../../testing/scenes.ts";
import { currentMember } from "./current-member.ts";
import { giveFirstPassword } from "./give-first-password.ts";
import { startSession } from "./start-session.ts";

it("takes the old password away, ends every sign-in, and lets in with the new one", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  const session = await aSession(colleague);

  const { firstPassword } = await giveFirstPassword(owner.ctx, colleague.memberId);

  expect(await currentMember(db, session)).toBeNull();
  const { signIn } = colleague;
  expect(await startSession({ db, keys }, signIn, null)).toEqual({ outcome: "unknown" });
  const next = await aSession({ signIn: { ...signIn, password: firstPassword } });
  expect(await currentMember(db, next)).toMatchObject({ hasFirstPassword: true });
});

it("opens no sign-in that was under way with the old password", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });

  const { memberId, signIn } = colleague;
  const [, started] = await atOnce(
    [colleague],
    [() => giveFirstPassword(owner.ctx, memberId), () => startSession({ db, keys }, signIn, null)],
  );

  expect(started).toMatchObject({ value: { outcome: "unknown" } });
  expect(await db.prisma.session.count({ where: { memberId } })).toBe(0);
});

it("puts it on record, without the password", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner });
  await giveFirstPassword(owner.ctx, memberId);

  const where = { organizationId: owner.ctx.organizationId, action: "member.change" };
  const [entry] = await db.prisma.auditEntry.findMany({ where });
  expect(entry?.details).toEqual({ memberId, change: "first-password" });
});

it("gives none to oneself, or to a member of another organization", async () => {
  const [{ ctx, memberId }, stranger] = [await aMember({ role: "owner" }), await aMember()];

  await expect(giveFirstPassword(ctx, memberId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(giveFirstPassword(ctx, stranger.memberId)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("is for owners", async () => {
  const { ctx, memberId } = await aMember();
  await expect(giveFirstPassword(as(ctx, "officer"), memberId)).rejects.toMatchObject({
    code: "forbidden",
  });
});

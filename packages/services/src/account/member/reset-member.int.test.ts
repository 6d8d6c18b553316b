import { expect, it } from "vitest";
import { aMember, aSession, atOnce } from "../../../testing/members.ts";
import { as, db, keys } from "../../../testing/scenes.ts";
import { currentMember } from "./current-member.ts";
import { choosePasswordByLink, findMemberLink } from "./member-link.ts";
import { resetMember } from "./reset-member.ts";
import { startSession } from "./start-session.ts";

const newPassword = "a hill of dandelions";
const shown = { isMailSet: false };

/** Creates a member whom an owner has just reset, with the link that the owner saw. */
async function aReset() {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  const session = await aSession(colleague);
  const { link } = await resetMember(owner.ctx, colleague.memberId, shown);
  return { owner, colleague, session, link: link ?? "" };
}

const choose = (link: string, password = newPassword) =>
  choosePasswordByLink({ db, keys }, { link, newPassword: password });

it("ends the old password and every session, and accepts the password chosen with the link", async () => {
  const { colleague, session, link } = await aReset();
  const { signIn } = colleague;
  expect(await currentMember(db, session)).toBeNull();
  for (const password of [signIn.password, " "]) {
    const started = await startSession({ db, keys }, { ...signIn, password }, null);
    expect(started).toEqual({ outcome: "unknown" });
  }
  expect(await findMemberLink({ db, keys }, link)).toMatchObject({ email: signIn.email });
  expect(await choose(link, signIn.email)).toBe("guessable");
  expect(await choose(link)).toBe("chosen");
  const next = await aSession({ signIn: { ...signIn, password: newPassword } });
  expect(await currentMember(db, next)).toMatchObject({ hasFirstPassword: false });
});

it("accepts a link once, even if two use it at the same time", async () => {
  const { link } = await aReset();
  const outcomes = await Promise.all([choose(link), choose(link)]);
  expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(["chosen", "over"]);
  expect(await choose(link)).toBe("over");
  expect(await findMemberLink({ db, keys }, link)).toBeNull();
});

it("refuses a link that has expired or was replaced, or whose member was removed", async () => {
  const [expired, replaced, removed] = [await aReset(), await aReset(), await aReset()];
  const where = ({ colleague }: typeof expired) => ({ memberId: colleague.memberId });
  await db.prisma.memberLink.updateMany({
    where: where(expired),
    data: { expiresAt: new Date("2026-01-05T10:00:00Z") },
  });
  await resetMember(replaced.owner.ctx, replaced.colleague.memberId, shown);
  await db.prisma.member.updateMany({
    where: { id: removed.colleague.memberId },
    data: { removedAt: new Date() },
  });
  for (const { link } of [expired, replaced, removed]) expect(await choose(link)).toBe("over");
});

it("refuses a link that we did not write", async () => {
  const { link } = await aReset();
  const other = `${link.slice(0, -4)}${link.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
  for (const text of [other, "", "x", `${link}xxxx`]) expect(await choose(text)).toBe("over");
});

it("shows the link to nobody when mail is set up, and mails it", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner });
  expect(await resetMember(owner.ctx, memberId, { isMailSet: true })).toEqual({ link: null });
  const { id } = await db.prisma.memberLink.findFirstOrThrow({ where: { memberId } });
  const { rows } = await db.pool.query(
    "SELECT FROM graphile_worker.jobs WHERE task_identifier = 'member-link.send' AND key = $1",
    [id],
  );
  expect(rows).toHaveLength(1);
});

it("starts no session that was being opened with the old password", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });

  const { memberId, signIn } = colleague;
  const [, started] = await atOnce(
    [colleague],
    [() => resetMember(owner.ctx, memberId, shown), () => startSession({ db, keys }, signIn, null)],
  );

  expect(started).toMatchObject({ value: { outcome: "unknown" } });
  expect(await db.prisma.session.count({ where: { memberId } })).toBe(0);
});

it("records the reset without the link", async () => {
  const { owner, colleague } = await aReset();
  const where = { organizationId: owner.ctx.organizationId, action: "member.change" };
  const [entry] = await db.prisma.auditEntry.findMany({ where });
  const { memberId } = colleague;
  expect(entry?.details).toEqual({ memberId, change: "link", isMailed: false });
});

it("refuses to reset oneself or a member of another organization", async () => {
  const [{ ctx, memberId }, stranger] = [await aMember({ role: "owner" }), await aMember()];

  await expect(resetMember(ctx, memberId, shown)).rejects.toMatchObject({ code: "forbidden" });
  await expect(resetMember(ctx, stranger.memberId, shown)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("is limited to owners", async () => {
  const { ctx, memberId } = await aMember();
  await expect(resetMember(as(ctx, "officer"), memberId, shown)).rejects.toMatchObject({
    code: "forbidden",
  });
});

import { AddMember, type ChangeMember } from "@ringfence/core/account/member";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember, aSession, anEmail, atOnce } from "../../../testing/members.ts";
import { as, db, keys } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { addMember, changeMember, removeMember, resetMemberPassword } from "./manage-members.ts";
import { findCurrentMember } from "./sessions.ts";
import { choosePasswordByLink, findMemberLink } from "./member-link.ts";
import { startSession } from "./sign-in.ts";
import { listAudit } from "../../desk/audit-log/index.ts";
import { listMembers } from "./list-members.ts";

const add = (ctx: RootContext, member: AddMember) =>
  addMember(ctx, { ...member, canSendMail: false });

const bob = (more: Partial<AddMember> = {}) =>
  AddMember.parse({ name: "Bob", email: anEmail(), role: "agent", sellerIds: [], ...more });

it("adds a colleague with a link, and they choose a password of their own", async () => {
  const { ctx } = await aMember({ role: "owner" });
  const sellerId = await aSeller(db, ctx.organizationId, "bank");
  const added = bob({ sellerIds: [sellerId] });

  const { memberId, link } = await add(ctx, added);
  const newPassword = "a hill of dandelions";
  const chosen = await choosePasswordByLink({ db, keys }, { link: link ?? "", newPassword });

  expect(chosen).toBe("chosen");
  const signIn = { email: added.email, password: newPassword };
  const started = await startSession({ db, keys }, signIn, null);
  if (started.outcome !== "started") throw new Error(started.outcome);
  expect(await findCurrentMember(db, started.session)).toMatchObject({
    memberId,
    role: "agent",
    sellerIds: [sellerId],
    hasFirstPassword: false,
  });
});

it("records the change without name, email or link", async () => {
  const { ctx } = await aMember({ role: "owner" });
  const { memberId } = await add(ctx, bob());

  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({ where: { organizationId } });
  expect(entries).toMatchObject([{ action: "member.change" }]);
  expect(entries[0]?.details).toEqual({ memberId, change: "added", role: "agent", sellers: "" });
});

it("adds one member per e-mail, however many add them at once", async () => {
  const { ctx } = await aMember({ role: "owner" });
  const twice = bob();

  const added = await Promise.allSettled([add(ctx, twice), add(ctx, twice)]);

  expect(added.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(added.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "conflict" },
  });
});

it("limits nobody to a seller of another organization, whose e-mails may be used", async () => {
  const [{ ctx }, theirs] = [await aMember({ role: "owner" }), await aMember()];
  const sellerId = await aSeller(db, theirs.ctx.organizationId, "bank");

  await expect(add(ctx, bob({ sellerIds: [sellerId] }))).rejects.toMatchObject({
    code: "invalid-field",
    path: "/sellerIds/0",
  });
  expect(await add(ctx, bob({ email: theirs.signIn.email }))).toHaveProperty("memberId");
});

it("only owners add colleagues", async () => {
  const { ctx } = await aMember();
  await expect(add(as(ctx, "officer"), bob())).rejects.toMatchObject({ code: "forbidden" });
});

it("is not for an owner who was removed while they asked", async () => {
  const { ctx, memberId } = await aMember({ role: "owner" });
  const { organizationId } = ctx;
  const where = { organizationId, id: memberId };
  await db.prisma.member.updateMany({ where, data: { removedAt: new Date() } });
  await expect(add(ctx, bob())).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "error.owner-no-more" },
  });
});

const toAgent: Pick<ChangeMember, "role" | "sellerIds"> = { role: "agent", sellerIds: [] };

it("changes role and sellers, effective with the next request", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner, role: "officer" });
  const session = await aSession(colleague);
  const sellerId = await aSeller(db, owner.ctx.organizationId, "bank");
  const { memberId } = colleague;

  await changeMember(owner.ctx, { memberId, role: "agent", sellerIds: [sellerId] });

  expect(await findCurrentMember(db, session)).toMatchObject({
    role: "agent",
    sellerIds: [sellerId],
  });
  const where = { organizationId: owner.ctx.organizationId, action: "member.change" };
  const details = { memberId, change: "role", role: "agent", sellers: sellerId };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([{ details }]);
});

it("changes nobody who changes themselves", async () => {
  const { ctx, memberId } = await aMember({ role: "owner" });
  await expect(changeMember(ctx, { memberId, ...toAgent })).rejects.toMatchObject({
    explanation: { key: "error.own-membership" },
  });
});

it("leaves an owner where two take the role from each other at once", async () => {
  const ada = await aMember({ role: "owner" });
  const bob = await aMember({ of: ada, role: "owner" });

  const changed = await atOnce(
    [ada, bob],
    [
      () => changeMember(ada.ctx, { memberId: bob.memberId, ...toAgent }),
      () => changeMember(bob.ctx, { memberId: ada.memberId, ...toAgent }),
    ],
  );

  expect(changed.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const where = { organizationId: ada.ctx.organizationId, role: "owner" } as const;
  expect(await db.prisma.member.count({ where })).toBe(1);
});

it("changes nobody who was removed, and nobody of another organization", async () => {
  const owner = await aMember({ role: "owner" });
  const [removed, stranger] = [await aMember({ of: owner }), await aMember()];
  await removeMember(owner.ctx, removed.memberId);

  for (const { memberId } of [removed, stranger]) {
    await expect(changeMember(owner.ctx, { memberId, ...toAgent })).rejects.toMatchObject({
      code: "not-found",
    });
  }
});

it("only owners change colleagues", async () => {
  const { ctx, memberId } = await aMember();
  await expect(changeMember(as(ctx, "officer"), { memberId, ...toAgent })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("overwrites nothing that another owner changed meanwhile", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner, role: "officer" });
  const before = { role: "officer", sellerIds: [] } as const;
  const change = (role: "agent" | "owner") =>
    changeMember(owner.ctx, {
      memberId,
      role,
      sellerIds: [],
      before: { ...before, sellerIds: [] },
    });
  await change("agent");
  await expect(change("owner")).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "error.changed-meanwhile" },
  });
});

const newPassword = "a hill of dandelions";

const shown = { canSendMail: false };

/** Creates a member whom an owner has just reset, with the link that the owner saw. */
async function aReset() {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  const session = await aSession(colleague);
  const { link } = await resetMemberPassword(owner.ctx, { memberId: colleague.memberId, ...shown });
  return { owner, colleague, session, link: link ?? "" };
}

const choose = (link: string, password = newPassword) =>
  choosePasswordByLink({ db, keys }, { link, newPassword: password });

it("ends the old password and every session, and accepts the password chosen with the link", async () => {
  const { colleague, session, link } = await aReset();
  const { signIn } = colleague;
  expect(await findCurrentMember(db, session)).toBeNull();
  for (const password of [signIn.password, " "]) {
    const started = await startSession({ db, keys }, { ...signIn, password }, null);
    expect(started).toEqual({ outcome: "unknown" });
  }
  expect(await findMemberLink({ db, keys }, link)).toMatchObject({ email: signIn.email });
  expect(await choose(link, signIn.email)).toBe("guessable");
  expect(await choose(link)).toBe("chosen");
  const next = await aSession({ signIn: { ...signIn, password: newPassword } });
  expect(await findCurrentMember(db, next)).toMatchObject({ hasFirstPassword: false });
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
  await resetMemberPassword(replaced.owner.ctx, {
    memberId: replaced.colleague.memberId,
    ...shown,
  });
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
  expect(await resetMemberPassword(owner.ctx, { memberId, canSendMail: true })).toEqual({
    link: null,
  });
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
    [
      () => resetMemberPassword(owner.ctx, { memberId, ...shown }),
      () => startSession({ db, keys }, signIn, null),
    ],
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

  await expect(resetMemberPassword(ctx, { memberId, ...shown })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(
    resetMemberPassword(ctx, { memberId: stranger.memberId, ...shown }),
  ).rejects.toMatchObject({
    code: "not-found",
  });
});

it("is limited to owners", async () => {
  const { ctx, memberId } = await aMember();
  await expect(
    resetMemberPassword(as(ctx, "officer"), { memberId, ...shown }),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("ends all sessions at once, and prevents further sign-ins", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  const session = await aSession(colleague);

  await removeMember(owner.ctx, colleague.memberId);

  expect(await findCurrentMember(db, session)).toBeNull();
  expect(await startSession({ db, keys }, colleague.signIn, null)).toEqual({ outcome: "unknown" });
});

it("accepts no session of a removed member", async () => {
  const colleague = await aMember();
  const session = await aSession(colleague);
  await db.prisma.member.updateMany({
    where: { id: colleague.memberId },
    data: { removedAt: new Date("2026-01-05T10:00:00Z") },
  });

  expect(await findCurrentMember(db, session)).toBeNull();
});

it("keeps the name of who did what, and the e-mail may be used anew", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  await aSession(colleague);
  await removeMember(owner.ctx, colleague.memberId);

  const { items } = await listAudit(owner.ctx, { limit: 10 });
  expect(items.find(({ action }) => action === "session.start")?.by).toMatchObject({ name: "Ada" });

  const { email } = colleague.signIn;
  const eve = { name: "Eve", email, role: "agent", sellerIds: [] } as const;
  await addMember(owner.ctx, { ...eve, sellerIds: [], canSendMail: false });
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

it("lets nobody remove themselves, so that an owner is left, or anybody of another organization", async () => {
  const [{ ctx, memberId }, stranger] = [await aMember({ role: "owner" }), await aMember()];

  await expect(removeMember(ctx, memberId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeMember(ctx, stranger.memberId)).rejects.toMatchObject({ code: "not-found" });
});

it("removes once, and records it once", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner });

  await removeMember(owner.ctx, memberId);
  await expect(removeMember(owner.ctx, memberId)).rejects.toMatchObject({ code: "not-found" });

  const where = { organizationId: owner.ctx.organizationId, action: "member.change" };
  const details = { memberId, change: "removed" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([{ details }]);
});

it("only owners remove colleagues", async () => {
  const { ctx, memberId } = await aMember();
  await expect(removeMember(as(ctx, "officer"), memberId)).rejects.toMatchObject({
    code: "forbidden",
  });
});

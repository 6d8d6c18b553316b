import { AddMember } from "@ringfence/core/account/member";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember, anEmail } from "../../../testing/members.ts";
import { as, db, keys } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { addMember } from "./add-member.ts";
import { currentMember } from "./current-member.ts";
import { choosePasswordByLink } from "./member-link.ts";
import { startSession } from "./start-session.ts";

const add = (ctx: RootContext, member: AddMember) => addMember(ctx, member, { isMailSet: false });

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
  expect(await currentMember(db, started.session)).toMatchObject({
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

it("has one member of an e-mail, however many add them at once", async () => {
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

it("is for owners", async () => {
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

import type { ChangeMember } from "@ringfence/core/account/member";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember, aSession, atOnce } from "../../../testing/members.ts";
import { as, db } from "../../../testing/scenes.ts";
import { changeMember } from "./change-member.ts";
import { currentMember } from "./current-member.ts";
import { removeMember } from "./remove-member.ts";

const toAgent: Pick<ChangeMember, "role" | "sellerIds"> = { role: "agent", sellerIds: [] };

it("gives another role and other sellers, which hold at the very next request", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner, role: "officer" });
  const session = await aSession(colleague);
  const sellerId = await aSeller(db, owner.ctx.organizationId, "bank");
  const { memberId } = colleague;

  await changeMember(owner.ctx, { memberId, role: "agent", sellerIds: [sellerId] });

  expect(await currentMember(db, session)).toMatchObject({ role: "agent", sellerIds: [sellerId] });
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

it("is for owners", async () => {
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

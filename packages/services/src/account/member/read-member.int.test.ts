import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { as } from "../../../testing/scenes.ts";
import { readMember } from "./read-member.ts";
import { removeMember } from "./remove-member.ts";

it("reads one who works there, and who did", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner });
  const ada = { id: memberId, name: "Ada", role: "officer" };
  expect(await readMember(owner.ctx, memberId)).toMatchObject({ ...ada, removedAt: null });

  await removeMember(owner.ctx, memberId);
  expect((await readMember(owner.ctx, memberId)).removedAt).toBeInstanceOf(Date);
});

it("reads nobody of another organization", async () => {
  const [mine, theirs] = [await aMember(), await aMember()];
  await expect(readMember(mine.ctx, theirs.memberId)).rejects.toMatchObject({ code: "not-found" });
});

it("is not for agents", async () => {
  const { ctx, memberId } = await aMember();
  await expect(readMember(as(ctx, "agent"), memberId)).rejects.toMatchObject({ code: "forbidden" });
});

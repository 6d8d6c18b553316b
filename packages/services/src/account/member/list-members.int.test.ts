import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { as, db, keys } from "../../../testing/scenes.ts";
import { listMembers, readMember } from "./list-members.ts";
import { startSession } from "./sign-in.ts";
import { removeMember } from "./manage-members.ts";

it("lists the members and whether they are signed in, and nobody of another organization", async () => {
  const [{ ctx, memberId, signIn }] = [await aMember(), await aMember()];
  const ada = { id: memberId, name: "Ada", email: signIn.email, role: "officer", sellerIds: [] };

  expect(await listMembers(ctx)).toEqual([
    {
      ...ada,
      signedInAt: null,
      removedAt: null,
      accessEndedAt: null,
      hasFirstPassword: false,
      hasSecondFactor: false,
      isSignedIn: false,
    },
  ]);
  await startSession({ db, keys }, signIn, null);
  expect(await listMembers(ctx)).toMatchObject([
    { signedInAt: expect.any(Date), isSignedIn: true },
  ]);
});

it("shows no password", async () => {
  const { ctx } = await aMember();
  expect(JSON.stringify(await listMembers(ctx))).not.toContain("argon2");
});

it("is not for agents", async () => {
  const { ctx } = await aMember();
  await expect(listMembers(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

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

import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { db } from "../../../testing/scenes.ts";
import {
  anAddress,
  guessAt,
  passSeconds,
  signInAt,
  tryToSignIn,
  wrongPassword,
} from "../../../testing/sign-ins.ts";
import { hashPassword } from "./password.ts";
import { removeMember } from "./manage-members.ts";

it("knows a browser for the members who signed in with it, and for nobody else", async () => {
  const [first, second, stranger] = [await aMember(), await aMember(), await aMember()];
  const browser = await signInAt(first, {});
  expect(await signInAt(second, { browser })).toBe(browser);
  for (const { signIn } of [first, second, stranger]) await guessAt(signIn.email);

  expect(await tryToSignIn(first.signIn, { browser })).toMatchObject({ outcome: "started" });
  expect(await tryToSignIn(second.signIn, { browser })).toMatchObject({ outcome: "started" });
  expect(await tryToSignIn(stranger.signIn, { browser })).toMatchObject({ outcome: "throttled" });
});

it("takes no token that it did not make", async () => {
  const { signIn } = await aMember();
  for (const made of ["", "<script>", "a".repeat(2_000)]) {
    const started = await tryToSignIn(signIn, { browser: made });
    expect(started).toMatchObject({ browser: expect.stringMatching(/^[\w-]{43}$/) });
  }
});

it("stores neither token nor address of a place, and forgets it after 400 days and with its member", async () => {
  const owner = await aMember({ role: "owner" });
  const colleague = await aMember({ of: owner });
  const where = { memberId: colleague.memberId };
  const address = anAddress();
  const browser = await signInAt(colleague, { address });
  const stored = JSON.stringify(await db.prisma.signInPlace.findMany({ where }));
  expect(stored).not.toContain(browser);
  expect(stored).not.toContain(address);

  await db.pool.query(
    "UPDATE sign_in_place SET used_at = now() - interval '401 days' WHERE member_id = $1",
    [colleague.memberId],
  );
  await guessAt(colleague.signIn.email);
  expect(await tryToSignIn(colleague.signIn, { browser })).toMatchObject({ outcome: "throttled" });
  await passSeconds(4500);
  await signInAt(colleague, {});
  expect(await db.prisma.signInPlace.count({ where })).toBe(1);

  await removeMember(owner.ctx, colleague.memberId);
  expect(await db.prisma.signInPlace.count({ where })).toBe(0);
});

it("knows no more than the last 200 places of a member", async () => {
  const member = await aMember();
  const { organizationId } = member.ctx;
  const data = Array.from({ length: 205 }, (_, n) => ({
    organizationId,
    memberId: member.memberId,
    place: String(n).padStart(64, "0"),
    usedAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
  }));
  await db.prisma.signInPlace.createMany({ data });
  await db.pool.query("UPDATE sign_in_place SET used_at = now() WHERE member_id = $1", [
    member.memberId,
  ]);
  await signInAt(member, {});
  const where = { memberId: member.memberId };
  expect(await db.prisma.signInPlace.count({ where })).toBe(200);
});

it("distinguishes two members with one e-mail by the places where they have signed in", async () => {
  const first = await aMember();
  const second = await aMember({ email: first.signIn.email });
  await db.prisma.member.updateMany({
    where: { id: second.memberId },
    data: { passwordHash: await hashPassword(wrongPassword) },
  });
  const browser = await signInAt(first, {});
  await guessAt(first.signIn.email, () => ({ address: anAddress() }));
  expect(await tryToSignIn(first.signIn, { browser })).toMatchObject({
    session: { organizationId: first.ctx.organizationId },
  });
});

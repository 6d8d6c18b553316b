import { expect, it } from "vitest";
import { aMember, anEmail } from "../../../testing/members.ts";
import { db } from "../../../testing/scenes.ts";
import { randomInt } from "node:crypto";
import { hashPassword } from "./password.ts";
import {
  anAddress,
  guess,
  guessAt,
  passSeconds,
  signInAt,
  tryToSignIn,
  waitAfter,
  wrongPassword,
} from "../../../testing/sign-ins.ts";

/** A member of another organization with the e-mail of this one, and a password of their own. */
async function aNamesake({ signIn: { email } }: Awaited<ReturnType<typeof aMember>>) {
  const password = "a valley of gentians";
  const { memberId, ...namesake } = await aMember({ email });
  const passwordHash = await hashPassword(password);
  await db.prisma.member.updateMany({ where: { id: memberId }, data: { passwordHash } });
  return { ...namesake, memberId, signIn: { ...namesake.signIn, password } };
}

/**
 * Returns e-mails to guess at in turn, of nobody and of members, whose passwords are fast to check. Up to a
 * hundred guesses leave each account far from its own limit.
 */
async function emailsInTurn() {
  const members = await Promise.all(Array.from({ length: 20 }, () => aMember()));
  const emails = [anEmail(), ...members.map(({ signIn }) => signIn.email)];
  let next = 0;
  return () => emails[next++ % emails.length] ?? "";
}

const count = (outcomes: readonly string[], outcome: string) =>
  outcomes.filter((one) => one === outcome).length;

it("signs an owner in from a known browser while others guess at their password", async () => {
  const owner = await aMember({ role: "owner" });
  const browser = await signInAt(owner, { address: anAddress() });

  await guessAt(owner.signIn.email, () => ({ address: anAddress() }), 40);

  expect(await tryToSignIn(owner.signIn, { address: anAddress() })).toMatchObject({
    outcome: "throttled",
  });
  const known = { address: anAddress(), browser };
  expect(await tryToSignIn(owner.signIn, known)).toMatchObject({ outcome: "started", browser });
});

it("signs an owner in from a known network while others guess elsewhere", async () => {
  const owner = await aMember({ role: "owner" });
  await signInAt(owner, { address: "2001:db8:77:1::1" });

  await guessAt(owner.signIn.email, () => ({ address: anAddress() }), 40);

  const elsewhere = { address: "2001:db8:77:2::1" };
  expect(await tryToSignIn(owner.signIn, elsewhere)).toMatchObject({ outcome: "throttled" });
  const there = { address: "2001:db8:77:1:9::9" };
  expect(await tryToSignIn(owner.signIn, there)).toMatchObject({ outcome: "started" });
});

it("slows down who guesses from a known network or with a stolen browser cookie", async () => {
  const owner = await aMember({ role: "owner" });
  const address = anAddress();
  const browser = await signInAt(owner, { address });

  const byNetwork = await guessAt(owner.signIn.email, () => ({ address }));
  const byBrowser = await guessAt(owner.signIn.email, () => ({ address: anAddress(), browser }));

  for (const outcomes of [byNetwork, byBrowser]) {
    expect(count(outcomes, "unknown")).toBe(10);
    expect(count(outcomes, "throttled")).toBe(2);
  }
});

it("signs people in from a known browser while others throttle their network", async () => {
  const [known, unknown, elsewhere] = [await aMember(), await aMember(), await aMember()];
  const address = anAddress();
  const browser = await signInAt(known, { address });

  const nextEmail = await emailsInTurn();
  const outcomes = await guess(102, () => ({ email: nextEmail(), address }));

  expect(count(outcomes, "throttled")).toBe(2);
  expect(await tryToSignIn(unknown.signIn, { address })).toMatchObject({ outcome: "throttled" });
  expect(await tryToSignIn(known.signIn, { address, browser })).toMatchObject({
    outcome: "started",
  });
  expect(await tryToSignIn(elsewhere.signIn, { address: anAddress() })).toMatchObject({
    outcome: "started",
  });
});

it("counts the addresses of one IPv6 customer as one, and text that is no address as none", async () => {
  let host = 0;
  const network = `2001:db8:${randomInt(9999)}:5`;
  const nextEmail = await emailsInTurn();
  const outcomes = await guess(101, () => ({
    email: nextEmail(),
    address: `${network}::${host++}`,
  }));
  expect(count(outcomes, "throttled")).toBe(1);

  const { signIn } = await aMember();
  await tryToSignIn(signIn, { address: "<script>" });
  expect(await db.prisma.signInPlace.count({ where: { member: { email: signIn.email } } })).toBe(1);
});

it("does not let an address that has to wait run up the waits of accounts", async () => {
  const member = await aMember();
  const address = anAddress();
  const nextEmail = await emailsInTurn();
  await guess(100, () => ({ email: nextEmail(), address }));
  const outcomes = await guessAt(member.signIn.email, () => ({ address }), 20);

  expect(count(outcomes, "throttled")).toBe(20);
  expect(await tryToSignIn(member.signIn, { address: anAddress() })).toMatchObject({
    outcome: "started",
  });
});

it("does not count for an address what an account has to wait for", async () => {
  const member = await aMember();
  const address = anAddress();
  await guessAt(member.signIn.email);
  await guessAt(member.signIn.email, () => ({ address }), 120);
  expect(await tryToSignIn((await aMember()).signIn, { address })).toMatchObject({
    outcome: "started",
  });
});

it("doubles the wait with each further attempt, up to a quarter of an hour, and says how long it is", async () => {
  const { signIn, memberId } = await aMember();
  const waits = [];
  for (let attempt = 0; attempt < 17; attempt++) {
    expect(await tryToSignIn({ ...signIn, password: wrongPassword })).toEqual({
      outcome: "unknown",
    });
    waits.push(await waitAfter(memberId));
    await passSeconds(900);
  }
  expect(waits).toEqual([...Array<number>(9).fill(0), 15, 30, 60, 120, 240, 480, 900, 900]);

  await passSeconds(-1800);
  const told = await tryToSignIn(signIn);
  expect(told).toMatchObject({ outcome: "throttled" });
  expect(told.outcome === "throttled" && Math.round(told.seconds / 900)).toBe(2);
});

it("forgets all failed attempts of a member who knows the password", async () => {
  const { signIn } = await aMember();
  await guessAt(signIn.email);
  await passSeconds(4500);
  expect(await tryToSignIn(signIn)).toMatchObject({ outcome: "started" });
  expect(count(await guessAt(signIn.email), "unknown")).toBe(10);
});

it("clears no guesses at a member by a right password of their namesake elsewhere", async () => {
  const member = await aMember();
  const namesake = await aNamesake(member);
  const browser = await signInAt(namesake, { address: anAddress() });
  const places = [() => ({ address: anAddress() }), () => ({ address: anAddress(), browser })];
  for (const place of places) {
    for (let round = 0; round < 3; round++) {
      await guessAt(member.signIn.email, place, 5);
      await passSeconds(7200); // what guessing was held back for
      expect(await tryToSignIn(namesake.signIn, place())).toMatchObject({ outcome: "started" });
    }
    await guessAt(member.signIn.email, place, 1);
    expect(await tryToSignIn(member.signIn, place())).toMatchObject({ outcome: "throttled" });
    await passSeconds(7200);
    expect(await tryToSignIn(member.signIn, place())).toMatchObject({ outcome: "started" });
  }
});

it("keeps a known place for a member whose e-mail somebody gave to another account", async () => {
  const member = await aMember();
  const browser = await signInAt(member, { address: anAddress() });
  await aNamesake(member);
  await guessAt(member.signIn.email, () => ({ address: anAddress() }), 40);

  const known = { address: anAddress(), browser };
  expect(await tryToSignIn(member.signIn, known)).toMatchObject({ outcome: "started", browser });
});

it("forgets what was tried when nothing was tried for a day", async () => {
  const { signIn } = await aMember();
  await guessAt(signIn.email);
  expect(await tryToSignIn(signIn)).toMatchObject({ outcome: "throttled" });
  await db.pool.query(
    "UPDATE sign_in_attempt SET next_at = now() - interval '1 day', until = now() - interval '1 second'",
  );
  expect(count(await guessAt(signIn.email), "unknown")).toBe(10);
});

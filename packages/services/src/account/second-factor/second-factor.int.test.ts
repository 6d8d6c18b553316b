import { MemberId } from "@ringfence/core/ids";
import { beforeEach, describe, expect, it } from "vitest";
import { aMember, aSession, password } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { showCode } from "../../../testing/authenticator-app.ts";
import { passkeySite } from "../../../testing/soft-passkey.ts";
import { anAuthenticator, passSteps, readNotices } from "../../../testing/second-factors.ts";
import { tryToSignIn } from "../../../testing/sign-ins.ts";
import { findAwaitedMember, findCurrentMember } from "../member/sessions.ts";
import { removeMember, resetMemberPassword } from "../member/manage-members.ts";
import { sendAccountNotice } from "../member/account-notice.ts";
import { confirmAuthenticator, removeAuthenticator, startAuthenticator } from "./authenticator.ts";
import { proveIdentity, signInByFactor } from "./prove-identity.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";
import { changeSecondFactorPolicy, readOwnFactors, resetSecondFactors } from "./second-factors.ts";

const installation = { db, keys };

/** A member with an authenticator, who can give the password and then a code. */
async function scene() {
  const member = await aMember({ role: "owner" });
  const factors = await anAuthenticator(member);
  await passSteps(member);
  /** Gives the password. */
  const begin = async () => {
    const started = await tryToSignIn(member.signIn);
    if (started.outcome !== "started") throw new Error(started.outcome);
    return started;
  };
  const give = async (code: string, session?: Awaited<ReturnType<typeof begin>>["session"]) =>
    signInByFactor(installation, session ?? (await begin()).session, { code }, passkeySite);
  return { ...member, ...factors, begin, give };
}

describe("sign-in", () => {
  let member: Awaited<ReturnType<typeof scene>>;
  beforeEach(async () => void (member = await scene()));

  it("asks a member with an authenticator for its code after the password", async () => {
    const { awaitsFactor, session } = await member.begin();
    expect(awaitsFactor).toBe(true);
    expect(await findCurrentMember(db, session)).toBeNull();
    expect(await findAwaitedMember(db, session)).toMatchObject({ memberId: member.memberId });

    expect(await member.give(showCode(member.secret), session)).toBe("signed-in");
    expect(await findCurrentMember(db, session)).toMatchObject({
      memberId: member.memberId,
      isProven: true,
      hasSecondFactor: true,
      proves: "factor",
    });
    expect(await findAwaitedMember(db, session)).toBeNull();
  });

  it("signs nobody in with a wrong code, and counts no place as known before the right one", async () => {
    const places = () => db.prisma.signInPlace.count({ where: { memberId: member.memberId } });
    const before = await places();
    await tryToSignIn(member.signIn, { address: "203.0.113.9" });
    expect(await places()).toBe(before);
    const { session } = await member.begin();
    const wrong = showCode(member.secret) === "000000" ? "111111" : "000000";
    expect(await member.give(wrong, session)).toBe("wrong");
    expect(await findCurrentMember(db, session)).toBeNull();
  });

  it("accepts a code of the authenticator once", async () => {
    const code = showCode(member.secret);
    expect(await member.give(code)).toBe("signed-in");
    expect(await member.give(code)).toBe("wrong");
  });

  it("accepts one of two simultaneous uses of a code", async () => {
    const sessions = [(await member.begin()).session, (await member.begin()).session];
    const code = showCode(member.secret);
    const outcomes = await Promise.all(sessions.map((session) => member.give(code, session)));
    expect(outcomes.toSorted()).toEqual(["signed-in", "wrong"]);
  });

  it("accepts each recovery code once, mails the member about it, and not those of a colleague", async () => {
    const [code = "", next = ""] = member.recoveryCodes;
    expect(member.recoveryCodes).toHaveLength(10);
    expect(await member.give(code.toUpperCase())).toBe("signed-in");
    expect(await member.give(code)).toBe("wrong");
    expect(await readOwnFactors(member.ctx)).toMatchObject({ recoveryCodes: 9 });
    expect(await readNotices(member)).toEqual(["authenticator-added", "recovery-code-used"]);

    const colleague = await aMember({ of: member });
    await anAuthenticator(colleague);
    const started = await tryToSignIn(colleague.signIn);
    if (started.outcome !== "started") throw new Error(started.outcome);
    expect(await member.give(next, started.session)).toBe("wrong");
    expect(await member.give(next)).toBe("signed-in");
  });

  it("slows down guesses at codes, and from a known place only its own", async () => {
    const address = "203.0.113.50";
    const known = await tryToSignIn(member.signIn, { address });
    if (known.outcome !== "started") throw new Error(known.outcome);
    expect(await member.give(member.recoveryCodes[0] ?? "", known.session)).toBe("signed-in");

    const { session } = await member.begin();
    const outcomes: string[] = [];
    for (let n = 0; n < 6; n++) outcomes.push(await member.give("none", session));
    expect(outcomes).toEqual([...Array<string>(5).fill("wrong"), "throttled"]);
    expect(await member.give(showCode(member.secret), session)).toBe("throttled");

    const again = await tryToSignIn(member.signIn, { address });
    if (again.outcome !== "started") throw new Error(again.outcome);
    expect(await member.give(showCode(member.secret), again.session)).toBe("signed-in");
  });

  it.each([
    ["has expired", () => db.pool.query("UPDATE session SET expires_at = now()")],
    ["was ended", () => db.prisma.session.deleteMany({ where: { memberId: member.memberId } })],
  ])("does not complete a sign-in that %s", async (_, end) => {
    const { session } = await member.begin();
    await end();
    expect(await member.give(showCode(member.secret), session)).toBe("over");
    expect(await findCurrentMember(db, session)).toBeNull();
  });

  it("lasts ten minutes without the code, and twelve hours with it", async () => {
    const minutes = async () => {
      const { rows } = await db.pool.query(
        `SELECT round(extract(epoch FROM expires_at - clock_timestamp()) / 60)::int AS minutes
         FROM session WHERE id = $1`,
        [session.sessionId],
      );
      return rows[0]?.minutes;
    };
    const { session } = await member.begin();
    expect(await minutes()).toBe(10);
    await member.give(showCode(member.secret), session);
    expect(await minutes()).toBe(720);
  });

  it("asks for no code once the authenticator was removed", async () => {
    expect(await removeAuthenticator(member.ctx)).toEqual({ hasRemoved: true });
    expect(await member.begin()).toMatchObject({ awaitsFactor: false });
    expect(await readOwnFactors(member.ctx)).toEqual({
      authenticatorSince: null,
      recoveryCodes: 0,
      passkeys: [],
      mayUsePasskeys: true,
    });
  });

  it("stores neither the secret nor a recovery code", async () => {
    const rows = JSON.stringify([
      await db.prisma.authenticator.findMany({ where: { memberId: member.memberId } }),
      await db.prisma.recoveryCode.findMany({ where: { memberId: member.memberId } }),
    ]);
    expect(rows).not.toContain(member.secret);
    for (const code of member.recoveryCodes) expect(rows).not.toContain(code.replace("-", ""));
  });
});

describe("a new authenticator", () => {
  it("counts only once its first code was typed", async () => {
    const member = await aMember();
    const session = await aSession(member);
    const { secret, address } = await startAuthenticator(member.ctx);
    expect(new URL(address).searchParams.get("secret")).toBe(secret);
    expect(await tryToSignIn(member.signIn)).toMatchObject({ awaitsFactor: false });

    const confirm = (code: string) =>
      confirmAuthenticator(member.ctx, { code, sessionId: session.sessionId });
    expect(await confirm("12345")).toEqual({ outcome: "wrong" });
    expect(await tryToSignIn(member.signIn)).toMatchObject({ awaitsFactor: false });
    expect(await confirm(showCode(secret))).toMatchObject({ outcome: "confirmed" });
    expect(await tryToSignIn(member.signIn)).toMatchObject({ awaitsFactor: true });
  });

  it("does not replace one that counts", async () => {
    const member = await aMember();
    await anAuthenticator(member);
    await expect(startAuthenticator(member.ctx)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is refused to a stolen session, which would add its own", async () => {
    const member = await aMember();
    await startAuthenticator(member.ctx);
    const stolen = { ...member.ctx, actor: { ...member.ctx.actor, isProven: false } };
    await expect(startAuthenticator(stolen)).rejects.toMatchObject({ code: "proof-needed" });
  });
});

describe("a proof in a session", () => {
  /** Makes the last proof so many minutes older: too old for every member, or for one with a factor only. */
  const unprove = (sessionId: string, minutes: 6 | 61 = 61) =>
    db.pool.query(
      "UPDATE session SET proved_at = proved_at - make_interval(mins => $2) WHERE id = $1",
      [sessionId, minutes],
    );

  it("is the password for a member without a factor, and counts for an hour", async () => {
    const member = await aMember();
    const session = await aSession(member);
    const { sessionId } = session;
    const isProven = async () => (await findCurrentMember(db, session))?.isProven;
    await unprove(sessionId, 6);
    expect(await isProven()).toBe(true);
    await unprove(sessionId);
    expect(await isProven()).toBe(false);

    const prove = (given: string) =>
      proveIdentity(member.ctx, { sessionId, ...passkeySite, proof: { password: given } });
    expect(await prove("a row of thistles")).toBe("wrong");
    expect(await isProven()).toBe(false);
    expect(await prove(password)).toBe("proved");
    expect(await isProven()).toBe(true);
  });

  it("needs a new sign-in, not an old password, in a session that began at the identity provider", async () => {
    const member = await aMember();
    const session = await aSession(member);
    const { sessionId } = session;
    await db.prisma.session.updateMany({ where: { id: sessionId }, data: { method: "provider" } });
    await unprove(sessionId);
    expect(await findCurrentMember(db, session)).toMatchObject({ proves: "sign-in" });
    expect(
      await proveIdentity(member.ctx, { sessionId, ...passkeySite, proof: { password } }),
    ).toBe("wrong");
    expect((await findCurrentMember(db, session))?.isProven).toBe(false);
  });

  it("is a code for a member with a factor, every five minutes: the password does not suffice", async () => {
    const member = await scene();
    const { sessionId } = member.session;
    await unprove(sessionId, 6);
    const byPassword = { sessionId, ...passkeySite, proof: { password } };
    expect(await proveIdentity(member.ctx, byPassword)).toBe("wrong");
    expect((await findCurrentMember(db, member.session))?.isProven).toBe(false);
    const byCode = { sessionId, ...passkeySite, proof: { code: showCode(member.secret) } };
    expect(await proveIdentity(member.ctx, byCode)).toBe("proved");
    expect((await findCurrentMember(db, member.session))?.isProven).toBe(true);
    expect(await proveIdentity(member.ctx, byCode)).toBe("wrong");
  });

  it("counts for no other session, and not for one of a colleague", async () => {
    const member = await aMember();
    const [here, elsewhere] = [await aSession(member), await aSession(member)];
    const colleague = await aMember({ of: member });
    const theirs = await aSession(colleague);
    for (const { sessionId } of [here, elsewhere, theirs]) await unprove(sessionId);
    const proof = { password };
    expect(
      await proveIdentity(member.ctx, { sessionId: here.sessionId, ...passkeySite, proof }),
    ).toBe("proved");
    expect(
      await proveIdentity(member.ctx, { sessionId: theirs.sessionId, ...passkeySite, proof }),
    ).toBe("wrong");
    const proven = async (key: typeof here) => (await findCurrentMember(db, key))?.isProven;
    expect([await proven(here), await proven(elsewhere), await proven(theirs)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("slows down guesses at the password and at codes", async () => {
    const member = await scene();
    const { sessionId } = member.session;
    const outcomes = new Set<string>();
    for (let n = 0; n < 6; n++)
      outcomes.add(
        await proveIdentity(member.ctx, { sessionId, ...passkeySite, proof: { code: "none" } }),
      );
    expect([...outcomes]).toEqual(["wrong", "throttled"]);
  });

  it("is not delayed by guesses at a sign-in from elsewhere, and gives those no new tries", async () => {
    const member = await scene();
    const signedIn = await tryToSignIn(member.signIn, { address: "203.0.113.51" });
    if (signedIn.outcome !== "started") throw new Error(signedIn.outcome);
    expect(await member.give(member.recoveryCodes[0] ?? "", signedIn.session)).toBe("signed-in");

    const elsewhere = (await member.begin()).session;
    for (let n = 0; n < 5; n++) expect(await member.give("none", elsewhere)).toBe("wrong");
    expect(await member.give("none", elsewhere)).toBe("throttled");

    const { sessionId } = signedIn.session;
    const byCode = { sessionId, ...passkeySite, proof: { code: showCode(member.secret) } };
    expect(await proveIdentity(member.ctx, byCode)).toBe("proved");
    expect(await member.give("none", elsewhere)).toBe("throttled");
  });
});

describe("recovery codes", () => {
  it("are replaced by ten others", async () => {
    const member = await scene();
    const [old = ""] = member.recoveryCodes;
    const [code = ""] = await replaceRecoveryCodes(member.ctx);
    expect(await member.give(old)).toBe("wrong");
    expect(await member.give(code)).toBe("signed-in");
  });

  it("are not for a member without a second factor", async () => {
    const member = await aMember();
    await expect(replaceRecoveryCodes(member.ctx)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("an owner", () => {
  it("resets the factors of a colleague who lost them, which ends their sessions", async () => {
    const owner = await aMember({ role: "owner" });
    const colleague = await aMember({ of: owner });
    const { session } = await anAuthenticator(colleague);
    expect(await findCurrentMember(db, session)).not.toBeNull();
    await resetSecondFactors(owner.ctx, { memberId: colleague.memberId });
    expect(await findCurrentMember(db, session)).toBeNull();
    expect(await tryToSignIn(colleague.signIn)).toMatchObject({ awaitsFactor: false });
    expect(await readNotices(owner)).toEqual(["authenticator-added", "factors-reset"]);
    const where = { organizationId: owner.ctx.organizationId, action: "member.change" };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { details: { memberId: colleague.memberId, change: "second factors reset" } },
    ]);
  });

  it("does not reset their own", async () => {
    const owner = await scene();
    await expect(resetSecondFactors(owner.ctx, { memberId: owner.memberId })).rejects.toMatchObject(
      { code: "forbidden" },
    );
  });

  it("keeps a factor when they reset the password: the mailbox alone lets nobody in", async () => {
    const owner = await aMember({ role: "owner" });
    const colleague = await aMember({ of: owner });
    await anAuthenticator(colleague);
    await resetMemberPassword(owner.ctx, { memberId: colleague.memberId, canSendMail: true });
    expect(await db.prisma.authenticator.count({ where: { memberId: colleague.memberId } })).toBe(
      1,
    );
    await removeMember(owner.ctx, colleague.memberId);
  });

  it("lets everybody need a factor, at once or in a week", async () => {
    const owner = await scene();
    const colleague = await aMember({ of: owner });
    const session = await aSession(colleague);
    const needs = async () => (await findCurrentMember(db, session))?.needsSecondFactor;
    expect(await needs()).toBe(false);
    await changeSecondFactorPolicy(owner.ctx, { policy: "after-grace" });
    expect(await needs()).toBe(false);
    const { secondFactorFrom } = (await findCurrentMember(db, session)) ?? {};
    expect(secondFactorFrom?.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    await changeSecondFactorPolicy(owner.ctx, { policy: "after-grace" });
    expect((await findCurrentMember(db, session))?.secondFactorFrom).toEqual(secondFactorFrom);
    await changeSecondFactorPolicy(owner.ctx, { policy: "now" });
    expect(await needs()).toBe(true);
    expect((await findCurrentMember(db, owner.session))?.needsSecondFactor).toBe(false);
    await db.prisma.session.updateMany({
      where: { id: session.sessionId },
      data: { method: "provider" },
    });
    expect(await needs()).toBe(false);
    expect(await findCurrentMember(db, session)).toMatchObject({ isByProvider: true });
    await changeSecondFactorPolicy(owner.ctx, { policy: "nobody" });
    expect((await findCurrentMember(db, session))?.secondFactorFrom).toBeNull();
  });

  it("needs one of their own first", async () => {
    const owner = await aMember({ role: "owner" });
    await expect(changeSecondFactorPolicy(owner.ctx, { policy: "now" })).rejects.toMatchObject({
      explanation: { key: "error.own-factor-first" },
    });
  });
});

it("mails and audits nothing when an authenticator is removed that was never confirmed", async () => {
  const member = await aMember({ role: "owner" });
  const { organizationId } = member.ctx;
  await startAuthenticator(member.ctx);
  expect(await removeAuthenticator(member.ctx)).toEqual({ hasRemoved: false });
  expect(await db.prisma.authenticator.count({ where: { organizationId } })).toBe(0);
  const where = { organizationId, action: "member.change-own-factors" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(0);
  expect(await readNotices(member)).toEqual([]);
});

it("mails a member what changed, in their language, and nothing to one who was removed", async () => {
  const owner = await aMember({ role: "owner" });
  const member = await aMember({ of: owner });
  const { memberId } = member;
  await db.prisma.member.updateMany({ where: { id: memberId }, data: { locale: "ru" } });
  const mails: { to: string; subject: string; text: string }[] = [];
  const send = () =>
    sendAccountNotice(
      {
        ...member.ctx,
        actor: { type: "job", name: "account-notice.send" },
        publicUrl: "https://rf.example",
        messageSender: { email: async (mail: (typeof mails)[number]) => void mails.push(mail) },
      },
      { memberId: MemberId.parse(memberId), notice: "factors-reset" },
    );
  await send();
  expect(mails).toMatchObject([{ to: member.signIn.email }]);
  expect(mails[0]?.text).toContain("Владелец удалил второй фактор");
  expect(mails[0]?.text).toContain("https://rf.example/settings");
  await removeMember(owner.ctx, memberId);
  await send();
  expect(mails).toHaveLength(1);
});

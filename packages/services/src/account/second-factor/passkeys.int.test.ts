import { OrganizationId, SessionId } from "@ringfence/core/ids";
import { describe, expect, it } from "vitest";
import { aMember, aSession, atOnce, password } from "../../../testing/members.ts";
import { aProvider } from "../../../testing/provider-scene.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { anAuthenticator, readNotices } from "../../../testing/second-factors.ts";
import { tryToSignIn } from "../../../testing/sign-ins.ts";
import { createSoftPasskey, passkeySite } from "../../../testing/soft-passkey.ts";
import { choosePasswordByLink } from "../member/member-link.ts";
import { removeMember, resetMemberPassword } from "../member/manage-members.ts";
import { findCurrentMember } from "../member/sessions.ts";
import { removeAuthenticator } from "./authenticator.ts";
import { forgetPasskeyChallenges } from "./challenge.ts";
import {
  addPasskey,
  createPasskeyOptions,
  removePasskey,
  renamePasskey,
  signInByPasskey,
  startPasskey,
} from "./passkeys.ts";
import { proveIdentity, signInByFactor } from "./prove-identity.ts";
import { changeSecondFactorPolicy, readOwnFactors, resetSecondFactors } from "./second-factors.ts";

const { scene: aProviderScene } = await aProvider();

const installation = { db, keys };
const request = { ...passkeySite, address: "203.0.113.9", userAgent: null };

/** Options that a browser gets, by default the browser of the tests. */
const ask = (browser = passkeySite.browser) =>
  createPasskeyOptions(installation, { ...passkeySite, browser });

type Member = Awaited<ReturnType<typeof aMember>>;
type Device = ReturnType<typeof createSoftPasskey>;
type Answer = ReturnType<Device["answer"]>;

/** A member with a passkey. */
async function scene(who: Parameters<typeof aMember>[0] = {}) {
  const member = await aMember(who);
  return { member, ...(await aPasskey(member)) };
}

/** Adds a passkey in a session of the member, which has to come before they have a second factor. */
async function aPasskey(member: Member, name = "Laptop", session = aSession(member)) {
  const { sessionId } = await session;
  const device = createSoftPasskey();
  const options = await startPasskey(member.ctx, passkeySite);
  const given = { ...passkeySite, sessionId, name, passkey: device.make(options) };
  return { device, sessionId, ...(await addPasskey(member.ctx, given)) };
}

const signIn = async (answer: Answer) =>
  (await signInByPasskey(installation, answer, request)).outcome;

const trail = async ({ ctx }: Pick<Member, "ctx">, action: string) => {
  const { organizationId } = ctx;
  const rows = await db.prisma.auditEntry.findMany({ where: { organizationId, action } });
  return rows.map(({ details }) => details);
};

const readPasskeys = async ({ ctx }: Pick<Member, "ctx">) => (await readOwnFactors(ctx)).passkeys;

async function onlyPasskey(member: Pick<Member, "ctx">) {
  const [own, ...others] = await readPasskeys(member);
  if (own === undefined || others.length > 0) throw new Error("not one passkey");
  return own;
}

describe("sign-in by passkey", () => {
  it("lets the member in without a password or another factor, and counts as a proof", async () => {
    const { member, device } = await scene();
    const started = await signInByPasskey(installation, device.answer(await ask()), request);
    if (started.outcome !== "started") throw new Error(started.outcome);
    expect(await findCurrentMember(db, started.session)).toMatchObject({
      memberId: member.memberId,
      isProven: true,
      hasSecondFactor: true,
      hasPasskey: true,
      proves: "factor",
    });
    const signIns = await db.prisma.signIn.findMany({
      where: { memberId: member.memberId },
      orderBy: { id: "asc" },
    });
    expect(signIns).toMatchObject([{ method: "password" }, { method: "passkey", factor: null }]);
    expect((await onlyPasskey(member)).usedAt).not.toBeNull();
  });

  /** Ways to change an answer that is right. */
  const attacks: readonly [string, (device: Device) => Promise<Answer>][] = [
    [
      "another origin",
      async (device) => device.answer(await ask(), { origin: "https://evil.example" }),
    ],
    [
      "a page of a subdomain",
      async (device) => device.answer(await ask(), { origin: "https://a.rf.example" }),
    ],
    [
      "a passkey of another site",
      async (device) => device.answer(await ask(), { rpId: "evil.example" }),
    ],
    [
      "no fingerprint, face or PIN",
      async (device) => device.answer(await ask(), { isVerified: false }),
    ],
    ["another ceremony", async (device) => device.answer(await ask(), { type: "webauthn.create" })],
    [
      "a challenge of another browser",
      async (device) => device.answer(await ask("another browser")),
    ],
    [
      "a challenge that we did not issue",
      async (device) => device.answer({ challenge: Buffer.alloc(80).toString("base64url") }),
    ],
    [
      "a signature by another key",
      async (device) => {
        const { id, rawId, response } = device.answer(await ask());
        const forged = createSoftPasskey().answer(await ask());
        const { userHandle } = response;
        return {
          ...forged,
          id,
          rawId,
          response: { ...forged.response, ...(userHandle !== undefined && { userHandle }) },
        };
      },
    ],
  ];

  it.each(attacks)("refuses %s", async (_, attack) => {
    const { device } = await scene();
    expect(await signIn(device.answer(await ask()))).toBe("started");
    expect(await signIn(await attack(device))).toBe("unknown");
    expect(await signIn(device.answer(await ask()))).toBe("started");
  });

  it("accepts each challenge once, even for two simultaneous answers", async () => {
    const { member, device } = await scene();
    const challenge = await ask();
    const answer = device.answer(challenge);
    expect(await signIn(answer)).toBe("started");
    expect(await signIn(answer)).toBe("unknown");
    expect(await signIn(device.answer(challenge))).toBe("unknown");

    const next = await ask();
    const both = [device.answer(next), device.answer(next)] as const;
    const ended = await atOnce([member], [() => signIn(both[0]), () => signIn(both[1])]);
    const outcomes = ended.map((end) => (end.status === "fulfilled" ? end.value : end.status));
    expect(outcomes).toEqual(expect.arrayContaining(["started", "unknown"]));
  });

  it("rejects a challenge that was issued to add a passkey, has expired, or has a changed expiry", async () => {
    const { member, device } = await scene();
    expect(await signIn(device.answer(await startPasskey(member.ctx, passkeySite)))).toBe(
      "unknown",
    );
    const now = Math.floor(Date.now() / 1000);
    /** Issues a challenge as we do, with any end. */
    const issue = (until: number, random = "0123") => {
      const text = `use.${until}.${random}`;
      const everyOrganization = OrganizationId.parse("00000000-0000-4000-8000-000000000000");
      const subject = `${text} ${passkeySite.browser}`;
      const mac = Buffer.from(keys.mac(everyOrganization, "passkey challenge", subject));
      return { text, mac: mac.toString("hex") };
    };
    const write = ({ text, mac }: ReturnType<typeof issue>) => ({
      challenge: Buffer.from(`${text}.${mac}`).toString("base64url"),
    });
    expect(await signIn(device.answer(write(issue(now + 60))))).toBe("started");
    const over = issue(now - 60);
    expect(await signIn(device.answer(write(over)))).toBe("unknown");
    const { text } = issue(now + 120);
    expect(await signIn(device.answer(write({ ...over, text })))).toBe("unknown");
  });

  it("accepts a challenge for five minutes", async () => {
    const { challenge } = await ask();
    const [use, until] = Buffer.from(challenge, "base64url").toString().split(".");
    expect(use).toBe("use");
    const { rows } = await db.pool.query<{ left: number }>(
      "SELECT $1::float8 - extract(epoch FROM clock_timestamp())::float8 AS left",
      [until],
    );
    expect(rows[0]?.left).toBeGreaterThan(240);
    expect(rows[0]?.left).toBeLessThanOrEqual(301);
  });

  it("forgets answered challenges only once they have expired", async () => {
    const { device } = await scene();
    const options = await ask();
    const answer = device.answer(options);
    expect(await signIn(answer)).toBe("started");
    const where = storedAs(options);
    await forgetPasskeyChallenges({ db });
    expect(await db.prisma.passkeyChallenge.count({ where })).toBe(1);
    expect(await signIn(answer)).toBe("unknown");
    await db.prisma.passkeyChallenge.updateMany({ where, data: { until: new Date(0) } });
    await forgetPasskeyChallenges({ db });
    expect(await db.prisma.passkeyChallenge.count({ where })).toBe(0);
  });

  it("stores no challenge that an unknown passkey answered, so that nobody fills the table", async () => {
    const { device } = await scene();
    const options = await ask();
    const { userHandle = "" } = device.answer(await ask()).response;
    const { response, ...unknown } = createSoftPasskey().answer(options);
    expect(await signIn({ ...unknown, response: { ...response, userHandle } })).toBe("unknown");
    expect(await db.prisma.passkeyChallenge.count({ where: storedAs(options) })).toBe(0);
    expect(await signIn(device.answer(options))).toBe("started");
    expect(await db.prisma.passkeyChallenge.count({ where: storedAs(options) })).toBe(1);
  });

  /** Key of the row of an answered challenge. */
  function storedAs(options: { challenge: string }) {
    const [text = ""] = Buffer.from(options.challenge, "base64url")
      .toString()
      .split(/\.\w+$/);
    return { challenge: text };
  }

  it("refuses a counter that does not rise, as with a copied passkey, and records it", async () => {
    const { member, device } = await scene();
    expect(await signIn(device.answer(await ask(), { counter: 7 }))).toBe("started");
    for (const counter of [7, 3, 0]) {
      expect(await signIn(device.answer(await ask(), { counter }))).toBe("unknown");
    }
    const { passkeyId } = await onlyPasskey(member);
    const refused = { memberId: member.memberId, passkeyId, why: "passkey-counter" };
    expect(await trail(member, "session.refuse")).toEqual([refused, refused, refused]);
    expect(await signIn(device.answer(await ask(), { counter: 8 }))).toBe("started");
  });

  it("accepts a synchronized passkey, whose counter is always 0", async () => {
    const { device } = await scene();
    expect(await signIn(device.answer(await ask(), { counter: 0 }))).toBe("started");
    expect(await signIn(device.answer(await ask(), { counter: 0 }))).toBe("started");
  });

  it("refuses a passkey of another organization that names a member of this one", async () => {
    const [here, there] = [await scene(), await scene()];
    const answer = there.device.answer(await ask());
    expect(await signIn(answer)).toBe("started");
    const { userHandle } = here.device.answer(await ask()).response;
    if (userHandle === undefined) throw new Error("no user handle");
    const next = there.device.answer(await ask());
    const claimed = { ...next, response: { ...next.response, userHandle } };
    expect(await signIn(claimed)).toBe("unknown");
    const { userHandle: _, ...nobody } = there.device.answer(await ask()).response;
    expect(await signIn({ ...next, response: nobody })).toBe("unknown");
  });

  it("refuses a removed passkey, and every passkey of a removed member", async () => {
    const owner = await aMember({ role: "owner" });
    const { member, device } = await scene({ of: owner });
    const spare = await aPasskey(member, "Phone", Promise.resolve(await signInWith(device)));
    expect(await signIn(spare.device.answer(await ask()))).toBe("started");
    const phone = (await readPasskeys(member)).find(({ name }) => name === "Phone");
    if (phone === undefined) throw new Error("no phone");
    await removePasskey(member.ctx, { passkeyId: phone.passkeyId });
    expect(await signIn(spare.device.answer(await ask()))).toBe("unknown");
    expect(await signIn(device.answer(await ask()))).toBe("started");
    await removeMember(owner.ctx, member.memberId);
    expect(await signIn(device.answer(await ask()))).toBe("unknown");
  });

  async function signInWith(device: Device) {
    const started = await signInByPasskey(installation, device.answer(await ask()), request);
    if (started.outcome !== "started") throw new Error(started.outcome);
    return started.session;
  }
});

describe("an owner", () => {
  it("removes a colleague's passkeys with their second factor, which is on record and mailed", async () => {
    const owner = await aMember({ role: "owner" });
    const { member, device } = await scene({ of: owner });
    expect(await signIn(device.answer(await ask()))).toBe("started");
    await resetSecondFactors(owner.ctx, { memberId: member.memberId });
    expect(await signIn(device.answer(await ask()))).toBe("unknown");
    expect(await db.prisma.session.count({ where: { memberId: member.memberId } })).toBe(0);
    expect(await trail(owner, "member.change")).toEqual([
      { memberId: member.memberId, change: "second factors reset" },
    ]);
    expect(await readNotices(owner)).toEqual(["passkey-added", "factors-reset"]);
    expect(await tryToSignIn(member.signIn)).toMatchObject({ awaitsFactor: false });
  });

  it("disables passkeys by resetting the password, until the member has chosen a new one", async () => {
    const owner = await aMember({ role: "owner" });
    const { member, device } = await scene({ of: owner });
    expect(await signIn(device.answer(await ask()))).toBe("started");
    const reset = { memberId: member.memberId, canSendMail: false };
    const { link } = await resetMemberPassword(owner.ctx, reset);
    if (link === null) throw new Error("no link");
    expect(await signIn(device.answer(await ask()))).toBe("reset");
    expect(await trail(owner, "session.refuse")).toEqual([
      { memberId: member.memberId, why: "passkey-reset" },
    ]);
    const newPassword = "a row of tall thistles";
    expect(await choosePasswordByLink(installation, { link, newPassword })).toBe("chosen");
    expect(await signIn(device.answer(await ask()))).toBe("started");
    // The link alone lets nobody in.
    expect(await tryToSignIn({ ...member.signIn, password: newPassword })).toMatchObject({
      awaitsFactor: true,
    });
  });

  it("who requires the identity provider leaves passkeys to the owner for emergencies only", async () => {
    const { owner, save, readTrail } = await aProviderScene();
    const second = await scene({ role: "owner", of: owner });
    const agent = await scene({ role: "agent", of: owner });
    expect(await signIn(agent.device.answer(await ask()))).toBe("started");
    await save({ isRequired: true, emergencyOwnerId: second.member.memberId });

    const { organizationId } = owner.ctx;
    expect(await signInByPasskey(installation, agent.device.answer(await ask()), request)).toEqual({
      outcome: "provider",
      organizationId,
    });
    expect(await readTrail()).toContainEqual({
      action: "session.refuse",
      details: { memberId: agent.member.memberId, why: "passkey" },
    });
    expect(await signIn(second.device.answer(await ask()))).toBe("started");
    await expect(startPasskey(agent.member.ctx, passkeySite)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await readOwnFactors(agent.member.ctx)).toMatchObject({ mayUsePasskeys: false });
    const createdAt = new Date();
    const later = new Date(createdAt.getTime() + 3_600_000);
    const ofAgent = { organizationId, memberId: agent.member.memberId };
    const { id } = await db.prisma.session.create({
      data: { ...ofAgent, createdAt, expiresAt: later, method: "provider", freshUntil: later },
    });
    const sessionId = SessionId.parse(id);
    expect(await findCurrentMember(db, { organizationId, sessionId })).toMatchObject({
      hasSecondFactor: false,
      hasPasskey: false,
      proves: "sign-in",
    });
    const proof = { passkey: agent.device.answer(await ask()) };
    const given = { sessionId, ...passkeySite, proof };
    expect(await proveIdentity(agent.member.ctx, given)).toBe("wrong");
    await removePasskey(agent.member.ctx, await onlyId(agent.member));
    await startPasskey(second.member.ctx, passkeySite);

    await save({ isRequired: false, emergencyOwnerId: null });
    await startPasskey(agent.member.ctx, passkeySite);
  });

  const onlyId = async (member: Member) => ({ passkeyId: (await onlyPasskey(member)).passkeyId });
});

describe("a passkey as second factor", () => {
  it("completes a sign-in by password, and proves who uses a session", async () => {
    const [{ member, device }, stranger] = [await scene(), await scene()];
    const started = await tryToSignIn(member.signIn);
    if (started.outcome !== "started") throw new Error(started.outcome);
    expect(started.awaitsFactor).toBe(true);
    const give = (answer: Answer) =>
      signInByFactor(installation, started.session, { passkey: answer }, passkeySite);
    expect(await give(stranger.device.answer(await ask()))).toBe("wrong");
    expect(await give(device.answer(await ask("another browser")))).toBe("wrong");
    expect(await give(device.answer(await ask()))).toBe("signed-in");

    const { sessionId } = started.session;
    const prove = (answer: Answer) =>
      proveIdentity(member.ctx, { sessionId, ...passkeySite, proof: { passkey: answer } });
    expect(await prove(stranger.device.answer(await ask()))).toBe("wrong");
    const answer = device.answer(await ask());
    expect(await prove(answer)).toBe("proved");
    expect(await prove(answer)).toBe("wrong");
    const byPassword = { sessionId, ...passkeySite, proof: { password } };
    expect(await proveIdentity(member.ctx, byPassword)).toBe("wrong");
    expect(await trail(member, "session.prove")).toEqual([{ sessionId, by: "passkey" }]);
  });

  it("brings recovery codes if it is the first, and deletes them if it is the last", async () => {
    const { member, recoveryCodes, sessionId } = await scene();
    expect(recoveryCodes).toHaveLength(10);
    const { organizationId } = member.ctx;
    const session = Promise.resolve({ organizationId, sessionId });
    expect((await aPasskey(member, "Phone", session)).recoveryCodes).toBeNull();
    const passkeys = await readPasskeys(member);
    expect(passkeys.map(({ name }) => name)).toEqual(["Laptop", "Phone"]);
    for (const { passkeyId } of passkeys) {
      expect(await readOwnFactors(member.ctx)).toMatchObject({ recoveryCodes: 10 });
      await removePasskey(member.ctx, { passkeyId });
    }
    expect(await readOwnFactors(member.ctx)).toMatchObject({ recoveryCodes: 0 });
    expect(await readNotices(member)).toEqual([
      "passkey-added",
      "passkey-added",
      "passkey-removed",
      "passkey-removed",
    ]);
  });

  it("cannot be removed together with the authenticator where a factor is required", async () => {
    const member = await aMember({ role: "owner" });
    const { session } = await anAuthenticator(member);
    await aPasskey(member, "Laptop", Promise.resolve(session));
    await changeSecondFactorPolicy(member.ctx, { policy: "now" });
    const passkey = { passkeyId: (await onlyPasskey(member)).passkeyId };
    const ended = await atOnce(
      [member],
      [() => removeAuthenticator(member.ctx), () => removePasskey(member.ctx, passkey)],
    );
    expect(ended.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(ended.find((end) => end.status === "rejected")).toMatchObject({
      reason: { code: "conflict", explanation: { key: "error.last-factor" } },
    });
    expect(await readOwnFactors(member.ctx)).toMatchObject({ recoveryCodes: 10 });
    expect(await tryToSignIn(member.signIn)).toMatchObject({ awaitsFactor: true });
    await changeSecondFactorPolicy(member.ctx, { policy: "nobody" });
    if ((await readPasskeys(member)).length > 0) await removePasskey(member.ctx, passkey);
    else await removeAuthenticator(member.ctx);
    expect(await tryToSignIn(member.signIn)).toMatchObject({ awaitsFactor: false });
  });
});

describe("the member's own passkeys", () => {
  it("can be renamed and removed, but not by others", async () => {
    const { member } = await scene();
    const { passkeyId } = await onlyPasskey(member);
    await renamePasskey(member.ctx, { passkeyId, name: "Work laptop" });
    for (const other of [await aMember({ of: member }), await aMember({ role: "owner" })]) {
      const refused = { code: "not-found" };
      await expect(renamePasskey(other.ctx, { passkeyId, name: "Mine" })).rejects.toMatchObject(
        refused,
      );
      await expect(removePasskey(other.ctx, { passkeyId })).rejects.toMatchObject(refused);
    }
    expect(await readPasskeys(member)).toMatchObject([{ name: "Work laptop" }]);
    expect(await trail(member, "member.change-own-factors")).toEqual([
      { change: "passkey added", passkeyId },
      { change: "passkey renamed", passkeyId },
    ]);
  });

  it("are added once, for a challenge to add one, on our site, in this browser, and after unlocking", async () => {
    const member = await aMember();
    const { sessionId } = await aSession(member);
    const device = createSoftPasskey();
    const start = (browser = passkeySite.browser) =>
      startPasskey(member.ctx, { ...passkeySite, browser });
    const add = (passkey: ReturnType<Device["make"]>) =>
      addPasskey(member.ctx, { ...passkeySite, sessionId, name: "Laptop", passkey });
    const options = await start();
    for (const wrong of [
      { ...options, challenge: (await ask()).challenge },
      await start("another browser"),
    ]) {
      await expect(add(device.make(wrong))).rejects.toMatchObject({ code: "invalid" });
    }
    for (const as of [
      { origin: "https://evil.example" },
      { rpId: "evil.example" },
      { isVerified: false },
    ]) {
      await expect(add(device.make(await start(), as))).rejects.toMatchObject({ code: "invalid" });
    }
    const made = device.make(options);
    await add(made);
    await expect(add(made)).rejects.toMatchObject({ code: "invalid" });
    await expect(add(device.make(await start()))).rejects.toMatchObject({ code: "conflict" });
    expect(await readPasskeys(member)).toHaveLength(1);
  });

  it("are not added in a session that has ended, nor before a password is chosen", async () => {
    const member = await aMember();
    const { sessionId } = await aSession(member);
    const options = await startPasskey(member.ctx, passkeySite);
    await db.prisma.session.deleteMany({ where: { memberId: member.memberId } });
    const passkey = createSoftPasskey().make(options);
    await expect(
      addPasskey(member.ctx, { ...passkeySite, sessionId, name: "Laptop", passkey }),
    ).rejects.toMatchObject({ code: "invalid" });
    await db.prisma.member.updateMany({
      where: { id: member.memberId },
      data: { hasFirstPassword: true },
    });
    await expect(startPasskey(member.ctx, passkeySite)).rejects.toMatchObject({ code: "conflict" });
  });
});

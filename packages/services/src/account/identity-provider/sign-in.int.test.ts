import { UnsecuredJWT, decodeJwt, generateKeyPair } from "jose";
import { expect, it, vi } from "vitest";
import { browseThrough } from "../../../testing/identity-provider.ts";
import { waitForLockWaiter, waitForLockWaiters } from "../../../testing/lock-waiter.ts";
import { aMember, aSession } from "../../../testing/members.ts";
import { aProvider, anAddress, redirectUri } from "../../../testing/provider-scene.ts";
import { db } from "../../../testing/scenes.ts";
import { whileLocked } from "../../../testing/while-locked.ts";
import { findCurrentMember } from "../member/sessions.ts";
import { type finishProviderSignIn, startProviderSignIn } from "./sign-in.ts";

const { provider, installation, scene } = await aProvider();

const findReason = (entered: Awaited<ReturnType<typeof finishProviderSignIn>>) =>
  entered.outcome === "refused" ? entered.reason : entered.outcome;

it("makes a member without a password of somebody in a group, and finds them again", async () => {
  const { signedIn, readTrail, organizationId } = await scene();
  const email = anAddress();
  provider.signInAs("new", { name: "Ada", email, email_verified: true, groups: ["staff", "x"] });
  const member = await signedIn();
  expect(member).toMatchObject({
    organizationId,
    name: "Ada",
    email,
    role: "agent",
    sellerIds: [],
    hasFirstPassword: false,
    locale: "ru",
  });
  expect((await readTrail()).map(({ action }) => action)).toEqual([
    "identity-provider.change",
    "member.link",
    "session.start",
  ]);
  const row = await db.prisma.member.findFirst({ where: { id: member.memberId } });
  expect(row?.passwordHash).toBe("");

  // Another address of the same account is still the same person.
  provider.signInAs("new", { name: "Ada", email: anAddress(), groups: ["staff"] });
  expect((await signedIn()).memberId).toBe(member.memberId);
});

it.each([
  ["Ad\0a", "Ada"],
  ["\u202EAda\u202C\tLovelace", "Ada Lovelace"],
  [`  ${"n".repeat(120)}`, "n".repeat(100)],
])("gives a new member a name that can be stored (%j)", async (name, stored) => {
  const { signedIn } = await scene();
  const person = { email: anAddress(), email_verified: true, groups: ["staff"] };
  provider.signInAs(anAddress(), { ...person, name });
  expect((await signedIn()).name).toBe(stored);
});

it("follows the groups at each sign-in, and says so in the trail", async () => {
  const { signedIn, readTrail } = await scene();
  const person = { email: anAddress(), email_verified: true };
  provider.signInAs("mover", { ...person, groups: ["staff"] });
  const { memberId } = await signedIn();
  provider.signInAs("mover", { ...person, groups: ["compliance"] });
  expect(await signedIn()).toMatchObject({ memberId, role: "officer" });
  expect(await readTrail()).toContainEqual({
    action: "member.follow-groups",
    details: { memberId, role: "officer", sellers: "" },
  });
});

it("lets nobody in who has no mapped group, after they had one", async () => {
  const { signIn, signedIn, readTrail } = await scene();
  const person = { email: anAddress(), email_verified: true };
  provider.signInAs("leaver", { ...person, groups: ["staff"] });
  await signedIn();
  provider.signInAs("leaver", { ...person, groups: ["visitors"] });
  expect(findReason(await signIn())).toBe("no-group");
  provider.signInAs("leaver", { ...person, groups: [] });
  expect(findReason(await signIn())).toBe("no-group");
  provider.signInAs("leaver", person);
  expect(findReason(await signIn())).toBe("groups-unknown");
  expect(await readTrail()).toContainEqual({
    action: "session.refuse",
    details: { why: "no-group" },
  });
});

it("ends all sessions of a member who has lost their group when they sign in", async () => {
  const { owner, signIn, signedIn, readTrail } = await scene();
  const member = await aMember({ of: owner });
  const person = { email: member.signIn.email, email_verified: true };
  provider.signInAs("moved away", { ...person, groups: ["staff"] });
  const sessions = [await signedIn(), await aSession(member)];
  const findAll = () => Promise.all(sessions.map((session) => findCurrentMember(db, session)));
  expect(await findAll()).not.toContain(null);

  provider.signInAs("moved away", { ...person, groups: [] });
  expect(findReason(await signIn())).toBe("no-group");
  expect(await findAll()).toEqual([null, null]);
  expect(await readTrail()).toContainEqual({
    action: "session.end-by-provider",
    details: { memberId: member.memberId, why: "no-group", sessions: 2 },
  });
});

it("links a member by their verified e-mail, and never by another", async () => {
  const { owner, signIn, signedIn, readTrail } = await scene();
  const member = await aMember({ role: "marketer", of: owner });
  const { email } = member.signIn;
  provider.signInAs("unverified", { email, groups: ["compliance"] });
  expect(findReason(await signIn())).toBe("email-unverified");
  provider.signInAs("unverified", { email, email_verified: false, groups: ["compliance"] });
  expect(findReason(await signIn())).toBe("email-unverified");

  provider.signInAs("verified", { email, email_verified: true, groups: ["compliance"] });
  const { memberId } = member;
  expect(await signedIn()).toMatchObject({ memberId, role: "officer" });
  expect(await readTrail()).toContainEqual({
    action: "member.link",
    details: { memberId, change: "linked" },
  });

  // Somebody else who gets the address later.
  provider.signInAs("successor", { email, email_verified: true, groups: ["compliance"] });
  expect(findReason(await signIn())).toBe("linked-elsewhere");
});

it("links nobody of another organization", async () => {
  const [ours, theirs] = [await scene(), await scene()];
  const { signIn, memberId } = await aMember({ of: theirs.owner });
  provider.signInAs("two", { email: signIn.email, email_verified: true, groups: ["staff"] });
  const member = await ours.signedIn();
  expect(member.organizationId).toBe(ours.organizationId);
  expect(member.memberId).not.toBe(memberId);
});

it("does not let a removed member in again", async () => {
  const { signIn, signedIn } = await scene();
  provider.signInAs("removed", { email: anAddress(), email_verified: true, groups: ["staff"] });
  const { memberId } = await signedIn();
  await db.prisma.member.updateMany({ where: { id: memberId }, data: { removedAt: new Date() } });
  expect(findReason(await signIn())).toBe("removed");
});

it("does not take the last owner's role", async () => {
  const { owner, signIn, signedIn } = await scene();
  const person = { email: owner.signIn.email, email_verified: true, groups: ["staff"] };
  provider.signInAs("boss", person);
  expect(findReason(await signIn())).toBe("only-owner");
  await aMember({ role: "owner", of: owner });
  expect(await signedIn()).toMatchObject({ memberId: owner.memberId, role: "agent" });
});

/** Claims and signatures that must not be believed. */
const forgeries: Record<string, () => void> = {
  "another nonce": () => provider.changeClaims((claims) => ({ ...claims, nonce: "other" })),
  "no nonce": () => provider.changeClaims((claims) => ({ ...claims, nonce: undefined })),
  "another audience": () => provider.changeClaims((claims) => ({ ...claims, aud: "other" })),
  "another issuer": () =>
    provider.changeClaims((claims) => ({ ...claims, iss: "https://evil.example" })),
  "an expired token": () =>
    provider.changeClaims((claims) => ({ ...claims, exp: (claims.iat ?? 0) - 3_600 })),
  "another subject than its user info": () =>
    provider.changeClaims((claims) => ({ ...claims, sub: "ceo" })),
  "a token without a signature": () => {
    provider.state.tamper = async (token) => new UnsecuredJWT(decodeJwt(token)).encode();
  },
  "a token that is signed with the client secret": () => {
    const key = new TextEncoder().encode(provider.clientSecret);
    provider.state.tamper = (token) => provider.sign(decodeJwt(token), { key, alg: "HS256" });
  },
  "a token that is signed with another key": () => {
    provider.state.tamper = async (token) =>
      provider.sign(decodeJwt(token), { key: (await generateKeyPair("RS256")).privateKey });
  },
};

it.each(Object.entries(forgeries))("refuses %s", async (_, forge) => {
  const { signIn, signedIn } = await scene();
  provider.signInAs("victim", { email: anAddress(), email_verified: true, groups: ["staff"] });
  provider.changeClaims((claims) => claims);
  await signedIn();
  forge();
  expect(await signIn()).toMatchObject({ outcome: "failed" });
});

it("refuses an answer for another browser, another attempt, or a second time", async () => {
  const { start, finish } = await scene();
  provider.signInAs("once", { email: anAddress(), email_verified: true, groups: ["staff"] });
  const [one, other] = [await start(), await start()];
  const url = await browseThrough(one.url);
  expect(await finish(url, other.flow)).toMatchObject({ outcome: "failed" });

  const again = await start();
  const answer = await browseThrough(again.url);
  const forged = new URL(answer);
  forged.searchParams.set("iss", "https://evil.example");
  expect(await finish(forged, again.flow)).toMatchObject({ outcome: "failed" });
  const { codeVerifier } = other.flow;
  expect(await finish(answer, { ...again.flow, codeVerifier })).toMatchObject({
    outcome: "failed",
  });

  const third = await start();
  const right = await browseThrough(third.url);
  expect(await finish(right, third.flow)).toMatchObject({ outcome: "started" });
  expect(await finish(right, third.flow)).toMatchObject({ outcome: "failed" });
});

it("sends the browser away with PKCE, and nothing about a person", async () => {
  const { start } = await scene();
  const { url, flow } = await start();
  const query = Object.fromEntries(new URL(url).searchParams);
  expect(query).toEqual({
    client_id: "ringfence",
    redirect_uri: redirectUri,
    scope: "openid profile email",
    state: flow.state,
    nonce: flow.nonce,
    response_type: "code",
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
});

it("keeps the tokens and the client secret encrypted", async () => {
  const { signedIn, organizationId } = await scene();
  provider.signInAs("sealed", { email: anAddress(), email_verified: true, groups: ["staff"] });
  const { sessionId } = await signedIn();
  const session = await db.prisma.providerSession.findFirstOrThrow({ where: { sessionId } });
  const row = await db.prisma.identityProvider.findFirstOrThrow({ where: { organizationId } });
  expect(Buffer.from(session.tokens).toString("latin1")).not.toContain("accessToken");
  expect(Buffer.from(row.clientSecret).toString("latin1")).not.toContain(provider.clientSecret);
});

it("counts a sign-in as a proof only if the provider has just asked who they are", async () => {
  const { signedIn } = await scene();
  const person = { email: anAddress(), email_verified: true, groups: ["staff"] };
  provider.signInAs("prover", person);
  const browser = new Map<string, string>();
  expect(await signedIn({ isProof: false }, browser)).toMatchObject({ isProven: false });
  expect(await signedIn({ isProof: true }, browser)).toMatchObject({ isProven: true });
  const twoHoursAgo = Math.floor(Date.now() / 1_000) - 7_200;
  provider.changeClaims((claims) => ({ ...claims, auth_time: twoHoursAgo }));
  expect(await signedIn({ isProof: true }, browser)).toMatchObject({ isProven: false });
  const tomorrow = Math.floor(Date.now() / 1_000) + 86_400;
  provider.changeClaims((claims) => ({ ...claims, auth_time: tomorrow }));
  const { sessionId } = await signedIn({ isProof: true }, browser);
  const session = await db.prisma.session.findFirstOrThrow({ where: { id: sessionId } });
  expect(session.provedAt).toEqual(session.createdAt);
});

it("reports a failed sign-in if an owner adds a member with the same address at that moment", async () => {
  const { organizationId, signIn, signedIn } = await scene();
  const email = anAddress();
  provider.signInAs("racer", { email, email_verified: true, groups: ["staff"] });
  const client = await db.pool.connect();
  await client.query("BEGIN");
  await client.query(
    `INSERT INTO member (organization_id, id, email, name, role, password_hash)
     VALUES ($1, uuid7(), $2, 'Ada', 'agent', '')`,
    [organizationId, email],
  );
  const entering = signIn();
  await vi.waitFor(
    async () => {
      const { rowCount } = await db.pool.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0",
      );
      expect(rowCount).toBe(1);
    },
    { timeout: 4_000, interval: 20 },
  );
  await client.query("COMMIT");
  client.release();
  expect(await entering).toMatchObject({ outcome: "failed", error: { code: "conflict" } });
  expect(await signedIn()).toMatchObject({ email });
});

it("waits while an owner changes the settings, and does not demote the new emergency owner", async () => {
  const { owner, save, signIn, organizationId } = await scene();
  const second = await aMember({ role: "owner", of: owner });
  const { memberId: emergencyOwnerId } = second;
  const person = { email: second.signIn.email, email_verified: true, groups: ["staff"] };
  provider.signInAs("emergency racer", person);
  const begun: Promise<unknown>[] = [];
  // The change has written its settings, and waits to end sessions.
  await whileLocked("session", async () => {
    begun.push(save({ isRequired: true, emergencyOwnerId }));
    await waitForLockWaiter();
    begun.push(signIn());
    await waitForLockWaiters(2);
  });
  const [, entered] = await Promise.all(begun);
  expect(entered).toMatchObject({ outcome: "failed" });
  expect(await db.prisma.member.findFirst({ where: { id: emergencyOwnerId } })).toMatchObject({
    role: "owner",
  });
  expect(await db.prisma.providerAccount.count({ where: { organizationId } })).toBe(0);
  expect(await signIn()).toEqual({ outcome: "refused", reason: "emergency-owner" });
});

it("reads the provider's discovery document once for sign-ins that begin within a minute", async () => {
  const { start, save } = await scene();
  const { length } = provider.state.requests;
  await Promise.all([start(), start(), start()]);
  await start();
  expect(provider.state.requests.slice(length)).toHaveLength(1);
  await save();
  await start();
  expect(provider.state.requests.slice(length).length).toBeGreaterThan(1);
});

it("asks a provider again after it did not answer", async () => {
  const { start } = await scene();
  provider.state.isDown = true;
  await expect(start()).rejects.toThrow("unexpected HTTP response status code");
  provider.state.isDown = false;
  await start();
});

it("reaches a provider inside a private network only if the operator opened its host", async () => {
  const { start, organizationId } = await scene();
  await start();
  const closed = { ...installation, privateHosts: [] };
  await expect(
    startProviderSignIn(closed, organizationId, { redirectUri, isProof: false }),
  ).rejects.toMatchObject({
    cause: { reason: "not-encrypted" },
  });
});

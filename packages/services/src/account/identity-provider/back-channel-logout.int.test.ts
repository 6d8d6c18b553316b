import { type JWTPayload, UnsecuredJWT, decodeJwt, generateKeyPair } from "jose";
import { expect, it } from "vitest";
import { aSession } from "../../../testing/members.ts";
import { aProvider, anAddress } from "../../../testing/provider-scene.ts";
import { db } from "../../../testing/scenes.ts";
import { findCurrentMember } from "../member/sessions.ts";
import { endSessionsByLogoutToken } from "./back-channel-logout.ts";

const { provider, installation, scene } = await aProvider();

/** Somebody who is signed in twice, in two browsers. */
async function aPerson(subject: string) {
  const made = await scene();
  provider.signInAs(subject, { email: anAddress(), email_verified: true, groups: ["staff"] });
  const [one, two] = [await made.signedIn(), await made.signedIn()];
  const { sid } = await db.prisma.providerSession.findFirstOrThrow({
    where: { sessionId: one.sessionId },
  });
  if (sid === null) throw new Error("the provider names no session");
  const end = (token: string) => endSessionsByLogoutToken(installation, made.organizationId, token);
  const areOpen = async () =>
    (await Promise.all([one, two].map((key) => findCurrentMember(db, key)))).map(Boolean);
  return {
    ...made,
    memberId: one.memberId,
    sid,
    end,
    areOpen,
    token: () => provider.sendLogout(subject, sid),
  };
}

it("ends the session that the provider names, at once", async () => {
  const { token, end, areOpen, memberId, readTrail } = await aPerson("one session");
  expect(await end(await token())).toEqual({ outcome: "done", ended: 1 });
  expect(await areOpen()).toEqual([false, true]);
  expect(await readTrail()).toContainEqual({
    action: "session.end-by-provider",
    details: { memberId, why: "logout", sessions: 1 },
  });
});

it("ends all sessions of a person whom the provider names without a session, also with a password", async () => {
  const { owner, token, end, areOpen, organizationId, memberId } = await aPerson("all sessions");
  const withPassword = await aSession(owner);
  const passwordSession = await db.prisma.session.create({
    data: {
      organizationId,
      memberId,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  const claims = omit(decodeJwt(await token()), "sid");
  expect(await end(await provider.sign(claims))).toEqual({ outcome: "done", ended: 3 });
  expect(await areOpen()).toEqual([false, false]);
  expect(await db.prisma.session.count({ where: { id: passwordSession.id } })).toBe(0);
  expect(await findCurrentMember(db, withPassword)).not.toBeNull();
});

it("accepts a token once", async () => {
  const { token, end, signedIn } = await aPerson("replayed");
  const sent = await token();
  expect(await end(sent)).toMatchObject({ outcome: "done" });
  const again = await signedIn();
  expect(await end(sent)).toEqual({ outcome: "replayed" });
  expect(await findCurrentMember(db, again)).not.toBeNull();
});

it("ends nothing that the provider does not name", async () => {
  const [ours, theirs] = [await aPerson("ours"), await aPerson("theirs")];
  expect(await ours.end(await theirs.token())).toEqual({ outcome: "done", ended: 0 });
  expect(await ours.areOpen()).toEqual([true, true]);
  expect(await theirs.areOpen()).toEqual([true, true]);
  expect(await theirs.end(await theirs.token())).toEqual({ outcome: "done", ended: 1 });
});

const omit = (claims: JWTPayload, ...names: string[]): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));

const now = () => Math.floor(Date.now() / 1_000);

/** Tokens that must not count, made from one that the provider sent. */
const forgeries: Record<string, (claims: JWTPayload) => string | Promise<string>> = {
  "for another client": (claims) => provider.sign({ ...claims, aud: "other" }),
  "from another issuer": (claims) => provider.sign({ ...claims, iss: "https://evil.example" }),
  "with a nonce, as an ID token has": (claims) => provider.sign({ ...claims, nonce: "n" }),
  "without events": (claims) => provider.sign(omit(claims, "events")),
  "with another event": (claims) => provider.sign({ ...claims, events: { other: {} } }),
  "without an id": (claims) => provider.sign(omit(claims, "jti")),
  "without a time": (claims) => provider.sign(omit(claims, "iat")),
  "about nobody": (claims) => provider.sign(omit(claims, "sub", "sid")),
  "that is old": (claims) => provider.sign({ ...claims, iat: now() - 200, exp: now() + 60 }),
  "that has expired": (claims) => provider.sign({ ...claims, exp: now() - 60 }),
  "from the future": (claims) => provider.sign({ ...claims, iat: now() + 120, exp: now() + 240 }),
  "of another type": (claims) => provider.sign(claims, { typ: "at+jwt" }),
  "without a signature": (claims) => new UnsecuredJWT(claims).encode(),
  "signed with the client secret": (claims) => {
    const key = new TextEncoder().encode(provider.clientSecret);
    return provider.sign(claims, { key, alg: "HS256" });
  },
  "signed with another key": async (claims) =>
    provider.sign(claims, { key: (await generateKeyPair("RS256")).privateKey }),
  "that is no token": () => "no token",
  "that is empty": () => "",
};

it.each(Object.entries(forgeries))("refuses a token %s", async (_, forge) => {
  const { token, end, areOpen } = await aPerson("attacked");
  const claims = decodeJwt(await token());
  expect(await end(await forge({ ...claims, jti: "forged" }))).toEqual({ outcome: "invalid" });
  expect(await areOpen()).toEqual([true, true]);
  expect(await end(await provider.sign({ ...claims, jti: "right" }))).toMatchObject({ ended: 1 });
});

it("says that the keys cannot be read, and accepts the token once they can", async () => {
  const { token, organizationId, areOpen } = await aPerson("keys away");
  const sent = await token();
  // A process that has just started knows neither the discovery document nor the keys.
  const end = () => endSessionsByLogoutToken({ ...installation }, organizationId, sent);
  for (const keysPath of ["/nowhere", "/.well-known/openid-configuration"]) {
    provider.state.keysPath = keysPath;
    expect(await end()).toEqual({ outcome: "unanswered" });
  }
  expect(await areOpen()).toEqual([true, true]);
  provider.state.keysPath = "/jwks";
  expect(await end()).toEqual({ outcome: "done", ended: 1 });
});

it("follows a provider that moves its keys", async () => {
  const { token, organizationId, end } = await aPerson("keys moved");
  const sent = await token();
  expect(await end(sent)).toEqual({ outcome: "done", ended: 1 });
  provider.state.keysPath = "/next-keys";
  const next = await provider.sign({ ...decodeJwt(sent), jti: "next" }, provider.nextKey);
  // The discovery document is read again, as after a minute.
  expect(await endSessionsByLogoutToken({ ...installation }, organizationId, next)).toEqual({
    outcome: "done",
    ended: 0,
  });
});

it("has nothing to do for an organization without a provider", async () => {
  const { token, end } = await aPerson("without");
  const sent = await token();
  const { organizationId } = (await scene()).owner.ctx;
  await db.prisma.identityProvider.deleteMany({ where: { organizationId } });
  expect(await endSessionsByLogoutToken(installation, organizationId, sent)).toEqual({
    outcome: "no-provider",
  });
  expect(await end(sent)).toMatchObject({ outcome: "done" });
});

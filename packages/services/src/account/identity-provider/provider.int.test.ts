import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { aMember, aSession, atOnce } from "../../../testing/members.ts";
import { aProvider, anAddress } from "../../../testing/provider-scene.ts";
import { as, db } from "../../../testing/scenes.ts";
import { tryToSignIn } from "../../../testing/sign-ins.ts";
import { changeMember, removeMember, resetMemberPassword } from "../member/manage-members.ts";
import { findCurrentMember } from "../member/sessions.ts";
import { findMemberOfSession } from "./follow-groups.ts";
import {
  checkIdentityProvider,
  disconnectIdentityProvider,
  findSignInOffer,
  listEmergencyOwners,
  readIdentityProvider,
  saveIdentityProvider,
} from "./provider.ts";

const { provider, installation, scene } = await aProvider();

it("shows an owner the settings without the secret, and nobody else", async () => {
  const { owner, organizationId } = await scene();
  const settings = await readIdentityProvider(owner.ctx);
  expect(settings).toMatchObject({ issuer: provider.issuer, groupsClaim: "groups" });
  expect(settings).not.toHaveProperty("clientSecret");
  expect(await findSignInOffer(installation, organizationId)).toEqual({
    organizationId,
    name: "Example ID",
  });
  for (const role of ["officer", "auditor", "developer"] as const) {
    await expect(readIdentityProvider(as(owner.ctx, role))).rejects.toMatchObject({
      code: "forbidden",
    });
  }
});

it("keeps a secret that is not entered again, but never for another address", async () => {
  const { save, settings, signedIn } = await scene();
  const { clientSecret: _, ...kept } = settings;
  provider.signInAs("kept", { email: anAddress(), email_verified: true, groups: ["staff"] });
  await signedIn();
  await save({ ...kept, name: "Another name" });
  await signedIn();
  const { owner } = await scene();
  await expect(
    saveIdentityProvider(owner.ctx, { ...kept, issuer: "https://evil.example" }),
  ).rejects.toMatchObject({ code: "invalid", path: "/clientSecret" });
});

it("ends password sessions when the provider becomes required, and refuses passwords", async () => {
  const { owner, save, readTrail } = await scene();
  const [agent, second] = [
    await aMember({ role: "agent", of: owner }),
    await aMember({ role: "owner", of: owner }),
  ];
  const before = await aSession(agent);
  const kept = await aSession(second);
  await save({ isRequired: true, emergencyOwnerId: second.memberId });
  expect(await findCurrentMember(db, before)).toBeNull();
  expect(await findCurrentMember(db, kept)).not.toBeNull();
  await expect(aSession(agent)).rejects.toThrow("provider");
  await expect(aSession(owner)).rejects.toThrow("provider");
  await aSession(second);
  expect(await readTrail()).toContainEqual({
    action: "session.refuse",
    details: { memberId: agent.memberId, why: "password" },
  });
  // Somebody without the password learns nothing.
  expect(await tryToSignIn({ ...agent.signIn, password: "a field of thistles" })).toEqual({
    outcome: "unknown",
  });
});

it("ends a password session that is being opened while the provider becomes required", async () => {
  const { owner, save } = await scene();
  const agent = await aMember({ role: "agent", of: owner });
  const second = await aMember({ role: "owner", of: owner });
  // The sign-in has found that a password is enough, and waits for the agent's row.
  const [signedIn, saved] = await atOnce(
    [agent],
    [() => aSession(agent), () => save({ isRequired: true, emergencyOwnerId: second.memberId })],
  );
  expect(saved).toMatchObject({ status: "fulfilled" });
  expect(signedIn).toMatchObject({ status: "fulfilled" });
  expect(await db.prisma.session.count({ where: { memberId: agent.memberId } })).toBe(0);
});

it("keeps the owner for emergencies: an owner with a password, whom nobody removes, demotes or resets", async () => {
  const { owner, settings, signedIn } = await scene();
  const [second, officer] = [
    await aMember({ role: "owner", of: owner }),
    await aMember({ role: "officer", of: owner }),
  ];
  const person = { email: owner.signIn.email, email_verified: true, groups: ["staff"] };
  provider.signInAs("linked owner", person);
  await signedIn();
  const third = await aMember({ role: "owner", of: owner });
  const { ctx } = third;
  expect((await listEmergencyOwners(ctx)).map(({ id }) => id).toSorted()).toEqual(
    [second.memberId, third.memberId].toSorted(),
  );
  for (const emergencyOwnerId of [owner.memberId, officer.memberId]) {
    await expect(
      saveIdentityProvider(ctx, { ...settings, isRequired: true, emergencyOwnerId }),
    ).rejects.toMatchObject({ code: "invalid", path: "/emergencyOwnerId" });
  }
  const emergencyOwnerId = second.memberId;
  await saveIdentityProvider(ctx, { ...settings, isRequired: true, emergencyOwnerId });
  const demotion = { memberId: emergencyOwnerId, role: "agent" as const, sellerIds: [] };
  await expect(changeMember(ctx, demotion)).rejects.toMatchObject({ code: "conflict" });
  await expect(removeMember(ctx, emergencyOwnerId)).rejects.toMatchObject({ code: "conflict" });
  const reset = { memberId: emergencyOwnerId, canSendMail: true };
  await expect(resetMemberPassword(ctx, reset)).rejects.toMatchObject({ code: "conflict" });
  await saveIdentityProvider(ctx, { ...settings, isRequired: false, emergencyOwnerId: null });
  await changeMember(ctx, demotion);
});

it("does not let groups change the owner for emergencies", async () => {
  const { owner, save, signIn } = await scene();
  await aMember({ role: "owner", of: owner });
  await save({ isRequired: true, emergencyOwnerId: owner.memberId });
  provider.signInAs("emergency", {
    email: owner.signIn.email,
    email_verified: true,
    groups: ["staff"],
  });
  expect(await signIn()).toEqual({ outcome: "refused", reason: "emergency-owner" });
});

it("reads the groups of all sessions again after the settings change", async () => {
  const { save, settings, signedIn } = await scene();
  provider.signInAs("mapped", { email: anAddress(), email_verified: true, groups: ["staff"] });
  const member = await signedIn();
  expect(member.role).toBe("agent");
  await save({ groups: settings.groups.map((group) => ({ ...group, role: "auditor" })) });
  expect((await findMemberOfSession(installation, member))?.role).toBe("auditor");
  await save({ groups: [] });
  expect(await findMemberOfSession(installation, member)).toBeNull();
});

it("ends the provider's sessions when it is disconnected, and then takes passwords again", async () => {
  const { owner, save, signedIn } = await scene();
  const second = await aMember({ role: "owner", of: owner });
  await save({ isRequired: true, emergencyOwnerId: second.memberId });
  provider.signInAs("cut off", { email: anAddress(), email_verified: true, groups: ["staff"] });
  const member = await signedIn();
  await disconnectIdentityProvider(second.ctx);
  expect(await findMemberOfSession(installation, member)).toBeNull();
  await aSession(owner);
  expect(await readIdentityProvider(owner.ctx)).toBeNull();
});

it("does not disconnect the provider if no owner has a password", async () => {
  const { owner } = await scene();
  const { memberId } = owner;
  const setHash = (passwordHash: string) =>
    db.prisma.member.updateMany({ where: { id: memberId }, data: { passwordHash } });
  await setHash("");
  await expect(disconnectIdentityProvider(owner.ctx)).rejects.toMatchObject({ code: "conflict" });
  await setHash("x");
  await disconnectIdentityProvider(owner.ctx);
});

/** Starts a server that answers every request with a JSON document. */
async function aServer(answer: (address: string) => { status?: number; body: unknown }) {
  const server = createServer((_, response) => {
    const { status = 200, body } = answer(address);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  const address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`;
  return address;
}

it("checks that an address answers as a provider, and says what is wrong", async () => {
  const { owner, organizationId } = await scene();
  const opened = [
    provider.issuer,
    await aServer(() => ({ body: { issuer: "https://other.example" } })),
    await aServer((issuer) => ({ body: { issuer } })),
    await aServer(() => ({ status: 404, body: {} })),
    "http://127.0.0.1:1",
  ];
  const privateHosts = opened.map((url) => `${organizationId}=${new URL(url).host}`);
  const check = async (issuer: string) =>
    (await checkIdentityProvider({ ...owner.ctx, privateHosts }, { issuer })).fault;
  expect(await Promise.all(opened.map(check))).toEqual([
    null,
    "other-issuer",
    "no-provider",
    "no-provider",
    "no-answer",
  ]);
});

it.each([
  ["http://id.example.com", "not-encrypted"],
  ["https://127.0.0.1", "private-host"],
  ["https://[::1]", "private-host"],
  ["https://169.254.169.254", "private-host"],
  ["https://localhost", "private-host"],
])("does not call %s: %s", async (issuer, fault) => {
  const { owner } = await scene();
  expect(await checkIdentityProvider(owner.ctx, { issuer })).toEqual({ fault });
});

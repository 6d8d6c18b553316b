import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember, aSession } from "../../../testing/members.ts";
import { aProvider, anAddress } from "../../../testing/provider-scene.ts";
import { db } from "../../../testing/scenes.ts";
import { type CurrentMember, findCurrentMember, signOut, toActor } from "../member/sessions.ts";
import { createApiKeyFinder } from "../api-key/find-api-key.ts";
import { makeApiKey } from "../api-key/manage-api-keys.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { findMemberOfSession } from "./follow-groups.ts";
import { disconnectIdentityProvider } from "./provider.ts";

const { provider, installation, scene } = await aProvider();

/** Lets so many minutes pass since the groups of a session were read. */
const passMinutes = ({ sessionId }: Pick<CurrentMember, "sessionId">, minutes: number) =>
  db.pool.query(
    `WITH aged AS (
       UPDATE provider_session SET read_at = read_at - make_interval(mins => $2) WHERE session_id = $1)
     UPDATE session SET fresh_until = fresh_until - make_interval(mins => $2) WHERE id = $1`,
    [sessionId, minutes],
  );

/** A member of the staff who has just signed in at the provider. */
async function aStaffMember(subject: string) {
  const made = await scene();
  const person = { email: anAddress(), email_verified: true };
  provider.signInAs(subject, { ...person, groups: ["staff"] });
  const member = await made.signedIn();
  const setGroups = (groups: string[]) => provider.signInAs(subject, { ...person, groups });
  const click = () => findMemberOfSession(installation, member);
  return { ...made, member, setGroups, click };
}

it("asks the provider again after five minutes, and not before", async () => {
  const { member, click, setGroups } = await aStaffMember("rare");
  setGroups(["compliance"]);
  const { requests } = provider.state;
  const before = requests.length;
  await passMinutes(member, 4);
  expect((await click())?.role).toBe("agent");
  expect(requests).toHaveLength(before);
  await passMinutes(member, 1);
  expect((await click())?.role).toBe("officer");
  const after = requests.length;
  expect((await click())?.role).toBe("officer");
  expect(requests).toHaveLength(after);
});

it("renews its tokens each time", async () => {
  const { member, click } = await aStaffMember("renewed");
  for (let time = 0; time < 3; time++) {
    await passMinutes(member, 5);
    expect(await click()).not.toBeNull();
  }
});

it("ends all sessions of a member who has no group any more", async () => {
  const { member, click, setGroups, signedIn, readTrail } = await aStaffMember("dismissed");
  const elsewhere = await signedIn();
  setGroups([]);
  expect(await findMemberOfSession(installation, elsewhere)).not.toBeNull();
  await passMinutes(member, 5);
  expect(await click()).toBeNull();
  expect(await findMemberOfSession(installation, elsewhere)).toBeNull();
  const { memberId } = member;
  expect(await readTrail()).toContainEqual({
    action: "session.end-by-provider",
    details: { memberId, why: "no-group", sessions: 2 },
  });
});

it("limits the API keys of a member without a group to opt-outs until the member signs in again", async () => {
  const groups = [{ group: "builders", role: "owner" as const, sellerIds: [] }];
  const { owner, signIn, signedIn, organizationId } = await scene({ groups });
  const person = { email: anAddress(), email_verified: true };
  const belongTo = (...names: string[]) =>
    provider.signInAs("builder", { ...person, groups: names });
  belongTo("builders");
  const { memberId, role } = await signedIn();
  const actor = toActor({ memberId, role, sellerIds: [], isProven: true });
  const { key } = await makeApiKey(
    { ...owner.ctx, actor },
    {
      name: "Dialer",
      reason: "It calls for us.",
      scopes: ["screen", "opt-outs:write"],
    },
  );
  const findApiKey = createApiKeyFinder(db);
  const find = async () => (await findApiKey(`Bearer ${key}`))?.actor;
  const held = await findApiKey(`Bearer ${key}`, { mayBeHeld: true });
  if (!held) throw new Error("the key does not count");
  const screen = () =>
    screenCall({ ...installation, ...held }, { phone: aNumber(), purpose: "marketing" });
  expect(await find()).toMatchObject({ scopes: ["screen", "opt-outs:write"] });
  await expect(screen()).resolves.toHaveProperty("verdict");

  // They signed out before they lost the group, so the next sign-in is what says it.
  await db.prisma.session.deleteMany({ where: { organizationId } });
  belongTo();
  expect(await signIn()).toEqual({ outcome: "refused", reason: "no-group" });
  expect(await find()).toMatchObject({ scopes: ["opt-outs:write"], cutScopes: ["screen"] });
  await expect(screen()).rejects.toMatchObject({ code: "key-invalid" });

  belongTo("builders");
  const again = await signedIn();
  expect(await find()).toMatchObject({ scopes: ["screen", "opt-outs:write"] });
  belongTo();
  await passMinutes(again, 5);
  expect(await findMemberOfSession(installation, again)).toBeNull();
  expect(await find()).toMatchObject({ cutScopes: ["screen"] });
});

it("ends the session of an account that the provider no longer knows", async () => {
  const { member, click, readTrail } = await aStaffMember("deleted");
  await passMinutes(member, 5);
  expect(await click()).not.toBeNull();
  provider.people.delete("deleted");
  await passMinutes(member, 5);
  expect(await click()).toBeNull();
  const { memberId } = member;
  expect(await readTrail()).toContainEqual({
    action: "session.end-by-provider",
    details: { memberId, why: "provider-refused", sessions: 1 },
  });
});

it("ends the session if the new token is about somebody else", async () => {
  const { member, click } = await aStaffMember("swapped");
  provider.changeClaims((claims) => claims);
  await passMinutes(member, 5);
  expect(await click()).not.toBeNull();
  provider.changeClaims((claims) => ({ ...claims, sub: "ceo" }));
  await passMinutes(member, 5);
  expect(await click()).toBeNull();
});

it("goes on for a while if the provider does not answer, and not longer", async () => {
  const { member, click, setGroups } = await aStaffMember("outage");
  setGroups(["compliance"]);
  provider.state.isDown = true;
  await passMinutes(member, 5);
  expect((await click())?.role).toBe("agent");
  await passMinutes(member, 14);
  expect((await click())?.role).toBe("agent");
  await passMinutes(member, 2);
  expect(await click()).toBeNull();
  // The session was not ended: it counts again when the provider answers.
  provider.state.isDown = false;
  expect((await click())?.role).toBe("officer");
});

it("asks a provider that does not answer once a minute", async () => {
  const { member, click } = await aStaffMember("patient");
  provider.state.isDown = true;
  await passMinutes(member, 5);
  expect(await click()).not.toBeNull();
  const { length } = provider.state.requests;
  expect(await click()).not.toBeNull();
  expect(provider.state.requests).toHaveLength(length);
});

it("asks a provider that does not answer only once for the simultaneous requests of a page", async () => {
  const { member } = await aStaffMember("crowd");
  const { state } = provider;
  state.isDown = true;
  await passMinutes(member, 25);
  const { length } = state.requests;
  const held = Promise.withResolvers<void>();
  state.hold = held.promise;
  // The first request asks, and the others find that it does. Then the provider gives up.
  let claims = 0;
  const scoped = new Proxy(db.scoped, {
    get(target, name): unknown {
      if (name !== "$transaction") return Reflect.get(target, name);
      return async (...work: Parameters<typeof target.$transaction>) => {
        const done: unknown = await target.$transaction(...work);
        if (++claims === 6) held.resolve();
        return done;
      };
    },
  });
  const clicks = Array.from({ length: 6 }, () =>
    findMemberOfSession({ ...installation, db: { ...db, scoped } }, member),
  );
  expect(await Promise.all(clicks)).toEqual(Array(6).fill(null));
  expect(state.requests.slice(length)).toHaveLength(1);
});

it("keeps a member's role for a limited time if the provider leaves out the groups", async () => {
  const { member, click, setGroups } = await aStaffMember("untold");
  provider.signInAs("untold", { email: anAddress() });
  await passMinutes(member, 5);
  expect((await click())?.role).toBe("agent");
  await passMinutes(member, 16);
  expect(await click()).toBeNull();
  setGroups(["compliance"]);
  expect((await click())?.role).toBe("officer");
});

it("reads once for the requests that a page sends at once, and shows none of them the old role", async () => {
  const { member, click, setGroups } = await aStaffMember("busy");
  setGroups(["compliance"]);
  await passMinutes(member, 300);
  const { length } = provider.state.requests;
  const found = await Promise.all(Array.from({ length: 6 }, click));
  expect(found.map((it) => it?.role)).toEqual(Array(6).fill("officer"));
  expect(provider.state.requests.slice(length).filter((url) => url === "/token")).toHaveLength(1);
});

it("applies settings that an owner saves while the provider is being asked", async () => {
  const { member, click, setGroups, save } = await aStaffMember("overtaken");
  setGroups(["compliance"]);
  await passMinutes(member, 5);
  provider.state.tamper = async (token) => {
    provider.state.tamper = null;
    await save({ groups: [{ group: "compliance", role: "auditor", sellerIds: [] }] });
    return token;
  };
  expect((await click())?.role).toBe("auditor");
});

it("changes no role if the provider is disconnected while it is being asked", async () => {
  const { owner, member, click, setGroups } = await aStaffMember("disconnected");
  setGroups(["compliance"]);
  await passMinutes(member, 5);
  provider.state.tamper = async (token) => {
    await disconnectIdentityProvider(owner.ctx);
    return token;
  };
  expect(await click()).toBeNull();
  const row = await db.prisma.member.findFirst({ where: { id: member.memberId } });
  expect(row?.role).toBe("agent");
});

it.each([
  ["is no owner any more", { role: "officer" as const }],
  ["has lost access", { accessEndedAt: new Date() }],
])(
  "does not take the role of the only owner, but ends the session: the other one %s",
  async (_, change) => {
    const { owner, member, click, setGroups, save, settings } = await aStaffMember(
      `heir ${Object.keys(change).join()}`,
    );
    await save({ groups: [...settings.groups, { group: "admins", role: "owner", sellerIds: [] }] });
    setGroups(["admins"]);
    expect((await click())?.role).toBe("owner");
    const where = { id: owner.memberId };
    await db.prisma.member.updateMany({ where, data: change });
    setGroups(["staff"]);
    await passMinutes(member, 5);
    expect(await click()).toBeNull();
    const row = await db.prisma.member.findFirst({ where: { id: member.memberId } });
    expect(row?.role).toBe("owner");
  },
);

it("leaves sessions alone that began with a password", async () => {
  const { owner } = await scene();
  const session = await aSession(owner);
  const { length } = provider.state.requests;
  expect(await findMemberOfSession(installation, session)).toEqual(
    await findCurrentMember(db, session),
  );
  expect(provider.state.requests).toHaveLength(length);
});

it("brings no ended or removed session back", async () => {
  const { member, click } = await aStaffMember("gone");
  await passMinutes(member, 5);
  await db.prisma.session.deleteMany({ where: { id: member.sessionId } });
  expect(await click()).toBeNull();
  const other = await aStaffMember("gone too");
  const { memberId } = other.member;
  expect(await other.click()).not.toBeNull();
  await db.prisma.member.updateMany({ where: { id: memberId }, data: { removedAt: new Date() } });
  await passMinutes(other.member, 5);
  expect(await other.click()).toBeNull();
});

it("ends a session for good by signing out while the provider does not answer", async () => {
  const { member, click } = await aStaffMember("leaving");
  provider.state.isDown = true;
  await passMinutes(member, 25);
  expect(await click()).toBeNull();
  await signOut(installation, member);
  provider.state.isDown = false;
  expect(await click()).toBeNull();
  expect(await db.prisma.session.count({ where: { id: member.sessionId } })).toBe(0);
});

it("makes whoever set up the provider and a linked member depend on each other for a while", async () => {
  const { owner, signedIn } = await scene();
  const officer = await aMember({ role: "officer", of: owner });
  const { email } = officer.signIn;
  provider.signInAs("reviewer", { email, email_verified: true, groups: ["compliance"] });
  await signedIn();
  const { memberId } = officer;
  const [event] = await db.prisma.memberEvent.findMany({ where: { memberId } });
  expect(event).toMatchObject({ kind: "reset", actor: { type: "member", id: owner.memberId } });
});

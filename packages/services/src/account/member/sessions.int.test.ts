import { describe, expect, it } from "vitest";
import { aMember, aSession } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { endMemberSessions, listMemberSessions, listOwnSessions } from "./session-lists.ts";
import { endSession, findCurrentMember } from "./sessions.ts";
import { startSession } from "./sign-in.ts";
import type { SessionId } from "@ringfence/core/ids";

describe("current member", () => {
  async function scene() {
    const member = await aMember();
    const started = await startSession({ db, keys }, member.signIn, null);
    if (started.outcome !== "started") throw new Error(started.outcome);
    return { ...member, session: started.session };
  }

  it("finds the member of a session", async () => {
    const { session, memberId, signIn } = await scene();

    expect(await findCurrentMember(db, session)).toEqual({
      ...session,
      memberId,
      organizationName: "Test",
      name: "Ada",
      email: signIn.email,
      role: "officer",
      sellerIds: [],
      locale: "en",
      zone: "UTC",
      theme: "auto",
      hasSingleKeys: true,
      hasWeeklyReport: false,
      hasFirstSteps: true,
      hasFirstPassword: false,
      isProven: true,
      hasSecondFactor: false,
      hasPasskey: false,
      secondFactorFrom: null,
      needsSecondFactor: false,
      isByProvider: false,
      proves: "password",
    });
  });

  it("accepts no session without its row", async () => {
    const { session } = await scene();
    await db.prisma.session.deleteMany({ where: { id: session.sessionId } });

    expect(await findCurrentMember(db, session)).toBeNull();
  });

  it("ends a session after twelve hours, by the database's clock", async () => {
    const { session } = await scene();
    const where = { id: session.sessionId };
    const { createdAt, expiresAt } = await db.prisma.session.findFirstOrThrow({ where });
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(12 * 3_600_000);

    await db.pool.query("UPDATE session SET expires_at = clock_timestamp() WHERE id = $1", [
      session.sessionId,
    ]);
    expect(await findCurrentMember(db, session)).toBeNull();
  });

  it("does not know a session under another organization", async () => {
    const { session } = await scene();
    const { ctx } = await aMember();

    expect(
      await findCurrentMember(db, { ...session, organizationId: ctx.organizationId }),
    ).toBeNull();
  });
});

it("lists where a member is signed in, last first, without what has ended", async () => {
  const { ctx, signIn } = await aMember();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const started = await startSession({ db, keys }, signIn, null);
    if (started.outcome === "started") ids.push(started.session.sessionId);
  }
  await db.pool.query("UPDATE session SET expires_at = now() WHERE id = $1", [ids[1]]);

  const { sessions } = await listOwnSessions(ctx);

  expect(sessions.map(({ sessionId }) => sessionId)).toEqual([ids[2], ids[0]]);
});

it("shows none of another organization, or of a colleague", async () => {
  const { ctx, signIn } = await aMember();
  await startSession({ db, keys }, signIn, null);
  const stranger = await aMember();

  const none = { sessions: [], signIns: [] };
  expect(await listOwnSessions(stranger.ctx)).toEqual(none);
  expect(await listOwnSessions({ ...ctx, actor: stranger.ctx.actor })).toEqual(none);
});

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";

it("shows from which network and browser a member signed in, and marks networks that are new", async () => {
  const { ctx, signIn } = await aMember();
  const from = (address: string | null, userAgent: string | null = null) =>
    startSession({ db, keys }, signIn, address, null, userAgent);
  await from("203.0.113.9", firefox);
  await from("203.0.113.9");
  await from("2001:db8:1:2::7", firefox);
  await from("2001:db8:1:2::8", firefox);
  await from(null);
  const { signIns, sessions } = await listOwnSessions(ctx);
  const by = { method: "password", factor: null };
  expect(signIns.toReversed()).toMatchObject([
    { ...by, network: "203.0.113.9", device: "Firefox, Linux", isNewNetwork: false },
    { ...by, network: "203.0.113.9", device: null, isNewNetwork: false },
    { ...by, device: "Firefox, Linux", isNewNetwork: true },
    { ...by, isNewNetwork: false },
    { ...by, network: null, isNewNetwork: false },
  ]);
  expect(sessions.at(-1)).toMatchObject({ network: "203.0.113.9", device: "Firefox, Linux" });
});

describe("an owner", () => {
  async function scene() {
    const owner = await aMember({ role: "owner" });
    const member = await aMember({ of: owner });
    return { owner, member, sessions: [await aSession(member), await aSession(member)] as const };
  }

  it("sees where a colleague is signed in, which is audited", async () => {
    const { owner, member, sessions } = await scene();
    const { memberId } = member;
    const seen = await listMemberSessions(owner.ctx, { memberId });
    expect(seen.sessions.map(({ sessionId }) => sessionId)).toEqual(
      sessions.map(({ sessionId }) => sessionId).toReversed(),
    );
    expect(seen.signIns).toHaveLength(2);
    const where = { organizationId: owner.ctx.organizationId, action: "session.read-others" };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { details: { memberId } },
    ]);
    await expect(
      listMemberSessions(member.ctx, { memberId: owner.memberId }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("ends one session of a colleague, or all, which is audited", async () => {
    const { owner, member, sessions } = await scene();
    const { memberId } = member;
    const { sessionId } = sessions[0];
    expect(await endMemberSessions(owner.ctx, { memberId, sessionId })).toEqual({ ended: 1 });
    expect(await endMemberSessions(owner.ctx, { memberId, sessionId })).toEqual({ ended: 0 });
    expect(await findCurrentMember(db, sessions[0])).toBeNull();
    expect(await findCurrentMember(db, sessions[1])).not.toBeNull();
    await aSession(owner);
    expect(await endMemberSessions(owner.ctx, { memberId })).toEqual({ ended: 1 });
    expect(await findCurrentMember(db, sessions[1])).toBeNull();
    const { sessions: own } = await listOwnSessions(owner.ctx);
    expect(own).toHaveLength(1);
    const where = { organizationId: owner.ctx.organizationId, action: "session.end-others" };
    expect(await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } })).toMatchObject([
      { details: { memberId, sessionId, ended: 1 } },
      { details: { memberId, ended: 1 } },
    ]);
    await expect(endMemberSessions(member.ctx, { memberId: owner.memberId })).rejects.toMatchObject(
      { code: "forbidden" },
    );
  });
});

describe("end session", () => {
  async function scene() {
    const { ctx, signIn } = await aMember();
    const started = await startSession({ db, keys }, signIn, null);
    if (started.outcome !== "started") throw new Error(started.outcome);
    return { ctx, session: started.session };
  }

  const countRows = ({ sessionId }: { sessionId: SessionId }) =>
    db.prisma.session.count({ where: { id: sessionId } });

  it("ends a session once, and audits it once", async () => {
    const { ctx, session } = await scene();

    const ended = await Promise.all([endSession(ctx, session), endSession(ctx, session)]);

    expect(ended.filter(({ hasEnded }) => hasEnded)).toHaveLength(1);
    expect(await countRows(session)).toBe(0);
    const where = { organizationId: ctx.organizationId, action: "session.end" };
    expect(await db.prisma.auditEntry.count({ where })).toBe(1);
  });

  it("does not end the session of a colleague, or of another organization", async () => {
    const { ctx, session } = await scene();
    const stranger = await aMember();
    const colleague = { ...ctx, actor: stranger.ctx.actor };

    expect(await endSession(colleague, session)).toEqual({ hasEnded: false });
    expect(await endSession(stranger.ctx, session)).toEqual({ hasEnded: false });
    expect(await countRows(session)).toBe(1);
  });

  it("does not count a session that had expired as ended", async () => {
    const { ctx, session } = await scene();
    await db.pool.query("UPDATE session SET expires_at = now() WHERE id = $1", [session.sessionId]);

    expect(await endSession(ctx, session)).toEqual({ hasEnded: false });
    const where = { organizationId: ctx.organizationId, action: "session.end" };
    expect(await db.prisma.auditEntry.count({ where })).toBe(0);
  });

  it("refuses actors that are not members", async () => {
    const { ctx, session } = await scene();
    const job = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;

    await expect(endSession(job, session)).rejects.toMatchObject({ code: "forbidden" });
  });
});

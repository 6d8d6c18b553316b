import { MemberId, OrganizationId, SellerId, SessionId } from "@ringfence/core/ids";
import type { SignIn } from "@ringfence/core/member";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import { appendAudit } from "../audit/append-audit.ts";
import { type Installation, inTransaction } from "../context.ts";
import { isPassword } from "./password.ts";
import { actorOf, SESSION_HOURS, type SessionKey } from "./session.ts";
import { countAttempt, forgiveAttempt, subjectsOf } from "./sign-in-attempt.ts";

/** `unknown` does not tell whether the e-mail or the password is wrong, and takes as long for either. */
export type SignInOutcome =
  | { outcome: "started"; session: SessionKey }
  | { outcome: "unknown" | "throttled" };

/**
 * Lets a member in. `address` is where the request comes from; null when that cannot be known.
 *
 * No actor and no organization yet: who signs in is what it finds out, so it asks no `allow`.
 */
export async function startSession(
  installation: Installation,
  signIn: SignIn,
  address: string | null,
): Promise<SignInOutcome> {
  const { db } = installation;
  const subjects = subjectsOf(signIn, address);
  const counted = await Promise.all(subjects.map((subject) => countAttempt(db, subject)));
  if (counted.includes(false)) return { outcome: "throttled" };

  const member = await memberOf(db, signIn);
  if (member === undefined) return { outcome: "unknown" };

  await Promise.all(subjects.map((subject) => forgiveAttempt(db, subject)));
  const session = await openSession(installation, member);
  return session === null ? { outcome: "unknown" } : { outcome: "started", session };
}

/** The e-mail names at most one member of each organization; the password says of which. */
async function memberOf(db: Db, { email, password }: SignIn) {
  const members = await db.prisma.member.findMany({
    where: { email, removedAt: null },
    orderBy: { id: "asc" },
  });
  if (members.length === 0) await isPassword(undefined, password);
  for (const member of members) {
    if (await isPassword(member.passwordHash, password)) return member;
  }
  return undefined;
}

type Member = NonNullable<Awaited<ReturnType<typeof memberOf>>>;

/** Null where the member was removed, or has another password, since it was looked at. */
async function openSession(installation: Installation, member: Member): Promise<SessionKey | null> {
  const organizationId = OrganizationId.parse(member.organizationId);
  const memberId = MemberId.parse(member.id);
  const sellerIds = z.array(SellerId).parse(member.sellerIds);
  const actor = actorOf({ memberId, role: member.role, sellerIds });

  return inTransaction({ ...installation, organizationId, actor }, async (ctx) => {
    const { now } = ctx;
    const { count } = await ctx.db.member.updateMany({
      where: { organizationId, id: memberId, passwordHash: member.passwordHash, removedAt: null },
      data: { signedInAt: now },
    });
    if (count === 0) return null;
    await ctx.db.session.deleteMany({
      where: { organizationId, memberId, expiresAt: { lte: now } },
    });
    const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
    const { id } = await ctx.db.session.create({
      data: { organizationId, memberId, createdAt: now, expiresAt },
    });
    const sessionId = SessionId.parse(id);
    await appendAudit(ctx, "session.start", { sessionId });
    return { organizationId, sessionId };
  });
}

import { type MemberId, SessionId } from "@ringfence/core/ids";
import { type TransactionContext, appendAudit } from "../../platform/internal.ts";
import { SESSION_HOURS, type SessionKey } from "./sessions.ts";
import { saveSignInPlace } from "./sign-in-places.ts";
import type { SignInSource } from "./sign-in-throttle.ts";

/**
 * Opens a session of a member who has just proved who they are, in the caller's transaction. Returns null if
 * the member was removed meanwhile, or has another password than `proof` says.
 */
export async function openSession(
  ctx: TransactionContext,
  memberId: MemberId,
  source: SignInSource,
  proof: { passwordHash?: string } = {},
): Promise<SessionKey | null> {
  const { db, organizationId, now } = ctx;
  const { count } = await db.member.updateMany({
    where: { organizationId, id: memberId, removedAt: null, ...proof },
    data: { signedInAt: now },
  });
  if (count === 0) return null;
  await db.session.deleteMany({ where: { organizationId, memberId, expiresAt: { lte: now } } });
  const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
  const { id } = await db.session.create({
    data: { organizationId, memberId, createdAt: now, expiresAt },
  });
  const sessionId = SessionId.parse(id);
  await saveSignInPlace(ctx, memberId, source);
  await appendAudit(ctx, "session.start", { sessionId });
  return { organizationId, sessionId };
}

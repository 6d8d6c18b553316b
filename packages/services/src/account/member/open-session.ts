import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { MemberId, SessionId } from "@ringfence/core/ids";
import { FACTOR_MINUTES } from "@ringfence/core/account/second-factor";
import {
  type TransactionContext,
  appendAudit,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { SESSION_HOURS, type SessionKey } from "./sessions.ts";
import { computePlaces, saveSignInPlaces } from "./sign-in-places.ts";
import { hasSecondFactor } from "./sign-in-rules.ts";
import type { SignInSource } from "./sign-in-throttle.ts";

/**
 * Proof of a sign-in: the password with this hash, a passkey, or the organization's identity provider, with the time at
 * which it asked the member who they are; null if it does not say.
 */
export type SignInProof =
  | { by: "password"; passwordHash: string }
  | { by: "passkey" }
  | { by: "provider"; authenticatedAt: Date | null };

/** `awaitsFactor`: nobody is signed in with the session before `completeSignIn`. */
export type OpenedSession = SessionKey & { awaitsFactor: boolean };

/**
 * Opens a session of a member who has just proved who they are, in the caller's transaction, which already shares the
 * lock "identity-provider". After a password, a member with a second factor still has to prove it. Locks the member.
 * Returns null if they were removed meanwhile, or have another password by now.
 */
export async function openSession(
  ctx: TransactionContext,
  memberId: MemberId,
  source: SignInSource,
  proof: SignInProof,
): Promise<OpenedSession | null> {
  const { db, organizationId, now } = ctx;
  const passwordHash = proof.by === "password" ? proof.passwordHash : null;
  if (!(await lockMember(ctx, memberId, passwordHash))) return null;
  const { by } = proof;
  await db.session.deleteMany({ where: { organizationId, memberId, expiresAt: { lte: now } } });
  const awaitsFactor = by === "password" && (await hasSecondFactor(ctx, memberId));
  const minutes = awaitsFactor ? FACTOR_MINUTES : SESSION_HOURS * 60;
  const session = await db.session.create({
    data: {
      organizationId,
      memberId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + minutes * 60_000),
      method: by,
      awaitsFactor,
      provedAt: awaitsFactor ? null : findProofTime(proof, now),
      network: source.network,
      device: source.device ?? null,
      places: computePlaces(ctx, memberId, source),
    },
  });
  if (!awaitsFactor) await recordSignIn(ctx, session, null);
  return { organizationId, sessionId: SessionId.parse(session.id), awaitsFactor };
}

/**
 * Finds the time of the proof. A provider that knows the browser signs a member in without asking, which proves nothing
 * new. Its clock may be ahead of ours.
 */
const findProofTime = (proof: SignInProof, now: Date): Date | null => {
  if (proof.by !== "provider") return now;
  const { authenticatedAt } = proof;
  return authenticatedAt !== null && authenticatedAt > now ? now : authenticatedAt;
};

/**
 * Locks a member until the transaction ends. False if they were removed, or have another password than the one given. A
 * new password, a reset and a removal, which end sessions, wait for the lock: they also end what is opened under it.
 */
export async function lockMember(
  { db, organizationId }: TransactionContext,
  memberId: MemberId,
  passwordHash: string | null = null,
): Promise<boolean> {
  const locked = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT id FROM member
    WHERE organization_id = ${organizationId}::uuid AND id = ${memberId}::uuid AND removed_at IS NULL
      AND (${passwordHash}::text IS NULL OR password_hash = ${passwordHash}::text)
    FOR NO KEY UPDATE`,
  );
  return locked.length > 0;
}

/** The second factor with which a member proved who they are. */
export type Factor = "authenticator" | "recovery-code" | "passkey";

/**
 * Signs in with a session that awaited the second factor, and lets it last as long as any other. The caller has checked
 * the factor in the same transaction. False if the session was ended, has expired or awaits no factor.
 */
export async function completeSignIn(
  ctx: TransactionContext,
  sessionId: SessionId,
  factor: Factor,
): Promise<boolean> {
  const { db, organizationId, now } = ctx;
  const where = { organizationId, id: sessionId, awaitsFactor: true, expiresAt: { gt: now } };
  const [session] = await db.session.updateManyAndReturn({
    where,
    data: {
      awaitsFactor: false,
      provedAt: now,
      expiresAt: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
    },
  });
  if (session === undefined) return false;
  await recordSignIn(ctx, session, factor);
  return true;
}

/** Days for which the history of sign-ins is kept. */
const SIGN_IN_DAYS = 180;

/** Deletes sign-ins that are too old to show. */
export const forgetSignIns = ({ prisma }: Pick<Db, "prisma">): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM sign_in
    WHERE at < clock_timestamp() - make_interval(days => ${SIGN_IN_DAYS}::int)`;

type OpenSession = {
  id: string;
  memberId: string;
  method: string;
  network: string | null;
  device: string | null;
  places: readonly string[];
};

async function recordSignIn(ctx: TransactionContext, session: OpenSession, factor: Factor | null) {
  const { db, organizationId, now } = ctx;
  const { method, network, device, places } = session;
  const memberId = MemberId.parse(session.memberId);
  await db.member.updateMany({
    where: { organizationId, id: memberId },
    data: { signedInAt: now, accessEndedAt: null },
  });
  await saveSignInPlaces(ctx, memberId, places);
  const { isNewNetwork } = await isNetworkNew(ctx, memberId, network);
  await db.signIn.create({
    data: { organizationId, memberId, at: now, method, factor, network, device, isNewNetwork },
  });
  await appendAudit(ctx, "session.start", { sessionId: session.id, method, factor, isNewNetwork });
}

/** A network is new if the member has signed in during the last 180 days (`SIGN_IN_DAYS`), and not from it. */
const isNetworkNew = (
  { db, organizationId }: TransactionContext,
  memberId: MemberId,
  network: string | null,
) =>
  selectRow(
    { db },
    z.object({ isNewNetwork: z.boolean() }),
    sql`
    SELECT ${network}::text IS NOT NULL AND count(*) > 0
      AND count(*) FILTER (WHERE network = ${network}::text) = 0 AS "isNewNetwork"
    FROM sign_in WHERE organization_id = ${organizationId}::uuid AND member_id = ${memberId}::uuid`,
  );

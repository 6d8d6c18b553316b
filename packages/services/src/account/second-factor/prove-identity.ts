import { MemberId, type SessionId } from "@ringfence/core/ids";
import { type GivenFactor, IdentityProof } from "@ringfence/core/account/second-factor";
import {
  type Installation,
  type RootContext,
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
} from "../../platform/internal.ts";
import {
  type CurrentMember,
  CurrentSession,
  type Factor,
  type SessionKey,
  clearAttempts,
  completeSignIn,
  countAttempt,
  createFactorSubject,
  findAwaitedMember,
  hasSecondFactor,
  isPassword,
  isProviderRequired,
  lockMember,
  createMemberSubject,
  proveSession,
  requireMemberId,
  toActor,
} from "../member/internal.ts";
import { spendAuthenticatorCode } from "./authenticator.ts";
import { PasskeySite } from "./challenge.ts";
import { acceptPasskey } from "./passkeys.ts";
import { spendRecoveryCode } from "./recovery-codes.ts";

/** `throttled`: after too many wrong proofs, this one was not checked. */
export type ProofOutcome = "proved" | "wrong" | "throttled";

/**
 * Proves again who uses a session, before a verb with `stepUp`: by a second factor, or by the password if the
 * member has none. The proof counts for `PROOF_MINUTES`, or `PASSWORD_PROOF_MINUTES`, in this session only.
 */
export const proveIdentity = command({
  name: "proveIdentity",
  action: "session.prove",
  input: CurrentSession.extend({ ...PasskeySite.shape, proof: IdentityProof }),
  transaction: "by run",
  run: async (ctx, { proof, sessionId, ...site }): Promise<ProofOutcome> => {
    const memberId = MemberId.parse(requireMemberId(ctx));
    const subject =
      "password" in proof
        ? createMemberSubject(memberId)
        : createFactorSubject(memberId, await findKnownPlace(ctx, { memberId, sessionId }));
    if ((await countAttempt(ctx.db, subject)) > 0) return "throttled";
    const by = await inTransaction(ctx, async (ctx) => {
      const by =
        "password" in proof
          ? await checkOwnPassword(ctx, { memberId, sessionId }, proof.password)
          : await spendFactor(ctx, memberId, proof, site);
      if (by === null || !(await proveSession(ctx, sessionId))) return null;
      await appendAudit(ctx, "session.prove", { sessionId, by });
      return by;
    });
    if (by === null) return "wrong";
    await clearAttempts(ctx.db, subject);
    return "proved";
  },
  // One row, in the transaction that records the proof.
  audit: "by run",
});

/** Asks for the proof alone: a page calls it before it sends a form to a route that needs one. */
export const requireProof = command({
  name: "requireProof",
  action: "session.prove",
  stepUp: true,
  run: async () => {},
  audit: "none",
});

/**
 * Uses up a code of the member, or the challenge that their passkey answered, and returns which factor it was. Null if
 * it is wrong. An authenticator's code is tried before a recovery code.
 */
async function spendFactor(
  ctx: TransactionContext,
  memberId: MemberId,
  given: GivenFactor,
  site: PasskeySite,
): Promise<Factor | null> {
  if ("passkey" in given) {
    const isRight =
      (await lockMember(ctx, memberId)) &&
      !(await isProviderRequired(ctx, memberId)) &&
      (await acceptPasskey(ctx, memberId, given.passkey, site));
    return isRight ? "passkey" : null;
  }
  const { code } = given;
  if (await spendAuthenticatorCode(ctx, memberId, code)) return "authenticator";
  const isFactor = await hasSecondFactor(ctx, memberId);
  return isFactor && (await spendRecoveryCode(ctx, memberId, code)) ? "recovery-code" : null;
}

/**
 * Null if the password is wrong, or does not count: because the member has a second factor, or signed in at the identity
 * provider, where an old password here proves nothing.
 */
async function checkOwnPassword(
  ctx: TransactionContext,
  { memberId, sessionId }: { memberId: MemberId; sessionId: SessionId },
  password: string,
): Promise<"password" | null> {
  const { db, organizationId } = ctx;
  const isByProvider = { organizationId, id: sessionId, method: "provider" };
  if ((await db.session.count({ where: isByProvider })) > 0) return null;
  const where = { organizationId, id: memberId, removedAt: null };
  const member = await db.member.findFirst({ where, select: { passwordHash: true } });
  const isRight = await isPassword(member?.passwordHash, password);
  return isRight && !(await hasSecondFactor(ctx, memberId)) ? "password" : null;
}

/** `over`: the session that awaited the factor was ended, or expired. */
export type FactorOutcome = "signed-in" | "wrong" | "throttled" | "over";

/**
 * Signs in a member who has given the password, by their second factor. It does not call `allow`,
 * because nobody is signed in yet: the session says only who has given the password.
 */
export async function signInByFactor(
  installation: Installation,
  key: SessionKey,
  given: GivenFactor,
  site: PasskeySite,
): Promise<FactorOutcome> {
  const { db } = installation;
  const member = await findAwaitedMember(db, key);
  if (member === null) return "over";
  const { memberId, organizationId, sessionId } = member;
  const ctx: RootContext = { ...installation, organizationId, actor: toActor(member) };
  const subject = createFactorSubject(memberId, await findKnownPlace(ctx, member));
  if ((await countAttempt(db, subject)) > 0) return "throttled";
  const outcome = await inTransaction(ctx, async (ctx) => {
    const factor = await spendFactor(ctx, memberId, given, site);
    if (factor === null) return "wrong";
    return (await completeSignIn(ctx, sessionId, factor)) ? "signed-in" : "over";
  });
  if (outcome === "signed-in") await clearAttempts(db, subject);
  return outcome;
}

type MemberSession = Pick<CurrentMember, "memberId" | "sessionId">;

/** Finds a place of a member's session where they have completed a sign-in before; the browser before the network. */
const findKnownPlace = (
  ctx: RootContext,
  { memberId, sessionId }: MemberSession,
): Promise<string | null> =>
  inTransaction(ctx, async ({ db, organizationId }) => {
    const where = { organizationId, id: sessionId, memberId };
    const session = await db.session.findFirst({ where, select: { places: true } });
    if (session === null) return null;
    const known = await db.signInPlace.findMany({
      where: { organizationId, memberId, place: { in: session.places } },
      select: { place: true },
    });
    return session.places.find((listed) => known.some(({ place }) => place === listed)) ?? null;
  });

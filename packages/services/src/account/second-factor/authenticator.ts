import { Secret, TOTP } from "otpauth";
import { MemberId, type OrganizationId } from "@ringfence/core/ids";
import { FactorCode, readAuthenticatorCode } from "@ringfence/core/account/second-factor";
import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
} from "../../platform/internal.ts";
import {
  CurrentSession,
  clearAttempts,
  countAttempt,
  createFactorSubject,
  notifyMember,
  proveSession,
  requireMemberId,
} from "../member/internal.ts";
import { giveFirstCodes } from "./recovery-codes.ts";
import { removeOwnFactor } from "./remove-own-factor.ts";

/*
 * An authenticator is an app that shows six digits every 30 seconds (TOTP, RFC 6238). It is needed at sign-in only once
 * the member has typed a right code, so that a QR code that was never scanned locks nobody out.
 */

/** Size of the secret that RFC 4226 (4) recommends. */
const SECRET_BYTES = 20;

/** Time steps before and after the current one whose digits are accepted too, because clocks of phones differ. */
const STEPS_AROUND = 1;

const sealedFor = (organizationId: OrganizationId) => ({
  organizationId,
  purpose: "authenticator",
});

/**
 * Makes the secret of a new authenticator, which the member scans as a QR code (`address`) or types. Another
 * one that was not confirmed is replaced.
 */
export const startAuthenticator = command({
  name: "startAuthenticator",
  action: "member.change-own-factors",
  stepUp: true,
  run: async (ctx): Promise<{ secret: string; address: string }> => {
    const { db, organizationId, keys, now } = ctx;
    const memberId = MemberId.parse(requireMemberId(ctx));
    const where = { organizationId, memberId, confirmedAt: { not: null } };
    if ((await db.authenticator.count({ where })) > 0)
      throw new ServiceError("conflict", { key: "error.authenticator-exists" });
    const { email, organization } = await db.member.findFirstOrThrow({
      where: { organizationId, id: memberId },
      select: { email: true, organization: { select: { name: true } } },
    });
    const secret = new Secret({ buffer: Uint8Array.from(keys.random(SECRET_BYTES)).buffer });
    const sealed = keys.sealing.seal(sealedFor(organizationId), secret.base32);
    await db.$executeRaw`
      INSERT INTO authenticator (organization_id, member_id, secret, created_at)
      VALUES (${organizationId}::uuid, ${memberId}::uuid, ${sealed}, ${now})
      ON CONFLICT (organization_id, member_id) DO UPDATE
        SET secret = excluded.secret, created_at = excluded.created_at
        WHERE authenticator.confirmed_at IS NULL`;
    const issuer = `Ringfence (${organization.name})`;
    return {
      secret: secret.base32,
      address: new TOTP({ issuer, label: email, secret }).toString(),
    };
  },
  audit: "none",
});

/**
 * `wrong`: the code is not that of the new authenticator. `throttled`: after too many wrong ones, this one was not
 * checked.
 */
export type Confirmation =
  | { outcome: "confirmed"; recoveryCodes: readonly string[] }
  | { outcome: "wrong" }
  | { outcome: "throttled" };

/**
 * Confirms a new authenticator by its code. If the member has no unused recovery code, the answer holds ten new ones,
 * which are shown only now.
 */
export const confirmAuthenticator = command({
  name: "confirmAuthenticator",
  action: "member.change-own-factors",
  stepUp: true,
  input: CurrentSession.extend({ code: FactorCode }),
  transaction: "by run",
  run: async (ctx, { code, sessionId }): Promise<Confirmation> => {
    const memberId = MemberId.parse(requireMemberId(ctx));
    const subject = createFactorSubject(memberId, null);
    if ((await countAttempt(ctx.db, subject)) > 0) return { outcome: "throttled" };
    const recoveryCodes = await inTransaction(ctx, async (ctx) => {
      const { db, organizationId, now } = ctx;
      const where = { organizationId, memberId, confirmedAt: null };
      const waiting = await db.authenticator.findFirst({ where });
      if (waiting === null)
        throw new ServiceError("conflict", { key: "error.authenticator-missing" });
      const step = findStep(ctx, waiting, code);
      if (step === null) return null;
      const { count } = await db.authenticator.updateMany({
        where: { ...where, secret: waiting.secret },
        data: { confirmedAt: now, lastStep: step },
      });
      if (count === 0) throw new ServiceError("conflict", { key: "error.authenticator-missing" });
      await proveSession(ctx, sessionId);
      await notifyMember(ctx, memberId, "authenticator-added");
      await appendAudit(ctx, "member.change-own-factors", { change: "authenticator added" });
      return (await giveFirstCodes(ctx, memberId)) ?? [];
    });
    if (recoveryCodes === null) return { outcome: "wrong" };
    await clearAttempts(ctx.db, subject);
    return { outcome: "confirmed", recoveryCodes };
  },
  // One row, in the transaction that confirms it.
  audit: "by run",
});

/**
 * Removes the member's own authenticator, and with the last factor the recovery codes. One that was never confirmed
 * protected nothing, so its removal is neither mailed nor audited.
 */
export const removeAuthenticator = command({
  name: "removeAuthenticator",
  action: "member.change-own-factors",
  stepUp: true,
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    const memberId = MemberId.parse(requireMemberId(ctx));
    const where = { organizationId, memberId };
    await db.authenticator.deleteMany({ where: { ...where, confirmedAt: null } });
    const hasRemoved = await removeOwnFactor(ctx, () => db.authenticator.deleteMany({ where }));
    if (hasRemoved) await notifyMember(ctx, memberId, "authenticator-removed");
    return { hasRemoved };
  },
  audit: ({ hasRemoved }) => (hasRemoved ? { change: "authenticator removed" } : null),
});

/** Uses a code of the member's authenticator. False if it is wrong, or if it or a later one was used before. */
export async function spendAuthenticatorCode(
  ctx: TransactionContext,
  memberId: MemberId,
  code: string,
): Promise<boolean> {
  const { db, organizationId } = ctx;
  const authenticator = await db.authenticator.findFirst({
    where: { organizationId, memberId, confirmedAt: { not: null } },
  });
  const step = authenticator && findStep(ctx, authenticator, code);
  if (step === null) return false;
  const { count } = await db.authenticator.updateMany({
    where: {
      organizationId,
      memberId,
      OR: [{ lastStep: null }, { lastStep: { lt: step } }],
    },
    data: { lastStep: step },
  });
  return count > 0;
}

/** Finds the time step to which a code belongs; null if it is wrong. */
function findStep(
  { keys, organizationId, now }: TransactionContext,
  { secret: sealed }: { secret: Uint8Array },
  code: string,
): number | null {
  const token = readAuthenticatorCode(code);
  const base32 = keys.sealing.open(sealedFor(organizationId), sealed);
  if (base32 === null) throw new Error("the secret of an authenticator was not sealed here");
  if (token === null) return null;
  const timestamp = now.getTime();
  const secret = Secret.fromBase32(base32);
  const delta = TOTP.validate({ token, secret, timestamp, window: STEPS_AROUND });
  return delta === null ? null : TOTP.counter({ timestamp }) + delta;
}

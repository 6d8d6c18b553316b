import { MemberId } from "@ringfence/core/ids";
import {
  RECOVERY_BYTES,
  RECOVERY_CODES,
  readRecoveryCode,
  writeRecoveryCode,
} from "@ringfence/core/account/second-factor";
import { ServiceError, type TransactionContext, command } from "../../platform/internal.ts";
import { hasSecondFactor, notifyMember, requireMemberId } from "../member/internal.ts";

/** Gives the member ten new recovery codes, which are shown only now. Earlier ones stop working. */
export const replaceRecoveryCodes = command({
  name: "replaceRecoveryCodes",
  action: "member.change-own-factors",
  stepUp: true,
  run: async (ctx): Promise<readonly string[]> => {
    const memberId = MemberId.parse(requireMemberId(ctx));
    if (!(await hasSecondFactor(ctx, memberId)))
      throw new ServiceError("conflict", { key: "error.recovery-without-factor" });
    return replaceCodes(ctx, memberId);
  },
  audit: () => ({ change: "recovery codes replaced" }),
});

/** Replaces a member's recovery codes. Only MACs of them are stored. */
async function replaceCodes(
  ctx: TransactionContext,
  memberId: MemberId,
): Promise<readonly string[]> {
  const { db, organizationId, keys, now } = ctx;
  await deleteRecoveryCodes(ctx, memberId);
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    writeRecoveryCode(keys.random(RECOVERY_BYTES)),
  );
  await db.recoveryCode.createMany({
    data: codes.map((code) => ({
      organizationId,
      memberId,
      mac: toHex(keys.mac(organizationId, "recovery code", toText(memberId, code))),
      createdAt: now,
    })),
  });
  return codes;
}

/**
 * Uses up a recovery code, and has a mail sent about it. False if it is not one of the member's, or was used before.
 */
export async function spendRecoveryCode(
  ctx: TransactionContext,
  memberId: MemberId,
  code: string,
): Promise<boolean> {
  const { db, organizationId, keys, now } = ctx;
  if (readRecoveryCode(code) === null) return false;
  const macs = keys.macs(organizationId, "recovery code", toText(memberId, code)).map(toHex);
  const { count } = await db.recoveryCode.updateMany({
    where: { organizationId, memberId, mac: { in: macs }, usedAt: null },
    data: { usedAt: now },
  });
  if (count > 0) await notifyMember(ctx, memberId, "recovery-code-used");
  return count > 0;
}

/** Gives ten recovery codes to a member who has just added a factor. Null if they still have an unused one. */
export async function giveFirstCodes(
  ctx: TransactionContext,
  memberId: MemberId,
): Promise<readonly string[] | null> {
  const { db, organizationId } = ctx;
  const left = await db.recoveryCode.count({ where: { organizationId, memberId, usedAt: null } });
  return left > 0 ? null : replaceCodes(ctx, memberId);
}

export const deleteRecoveryCodes = (
  { db, organizationId }: TransactionContext,
  memberId: MemberId,
) => db.recoveryCode.deleteMany({ where: { organizationId, memberId } });

const toText = (memberId: MemberId, code: string) => `${memberId} ${readRecoveryCode(code)}`;

const toHex = (mac: Uint8Array) => Buffer.from(mac).toString("hex");

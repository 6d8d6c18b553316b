import { z } from "zod";
import { MemberId, PasskeyId } from "@ringfence/core/ids";
import { GRACE_DAYS, SecondFactorPolicy } from "@ringfence/core/account/second-factor";
import { DAY_MS } from "@ringfence/core/platform/time";
import { ServiceError, command, query } from "../../platform/internal.ts";
import {
  hasSecondFactor,
  lockMemberForChange,
  notifyMember,
  requireMemberId,
} from "../member/internal.ts";
import { mayUsePasskeys } from "./passkeys.ts";
import { deleteRecoveryCodes } from "./recovery-codes.ts";

/** Shows a member their own second factors. */
export const readOwnFactors = query({
  name: "readOwnFactors",
  action: "member.change-own-factors",
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    const memberId = MemberId.parse(requireMemberId(ctx));
    const authenticator = await db.authenticator.findFirst({
      where: { organizationId, memberId, confirmedAt: { not: null } },
      select: { confirmedAt: true },
    });
    const recoveryCodes = await db.recoveryCode.count({
      where: { organizationId, memberId, usedAt: null },
    });
    const passkeys = await db.passkey.findMany({
      where: { organizationId, memberId },
      orderBy: { id: "asc" },
      select: { id: true, name: true, createdAt: true, usedAt: true },
    });
    return {
      authenticatorSince: authenticator?.confirmedAt ?? null,
      recoveryCodes,
      passkeys: passkeys.map(({ id, ...row }) => ({ passkeyId: PasskeyId.parse(id), ...row })),
      mayUsePasskeys: await mayUsePasskeys(ctx, memberId),
    };
  },
  audit: "none",
});

/**
 * Removes all second factors of a member who lost them, passkeys included, and ends their sessions. The member signs in
 * with the password, and gets a mail about it. Only an owner can do this, and only for another member.
 */
export const resetSecondFactors = command({
  name: "resetSecondFactors",
  action: "member.change",
  stepUp: true,
  input: z.strictObject({ memberId: MemberId }),
  run: async (ctx, { memberId }) => {
    const { db, organizationId } = ctx;
    await lockMemberForChange(ctx, memberId);
    await db.authenticator.deleteMany({ where: { organizationId, memberId } });
    await db.passkey.deleteMany({ where: { organizationId, memberId } });
    await deleteRecoveryCodes(ctx, memberId);
    await db.session.deleteMany({ where: { organizationId, memberId } });
    await notifyMember(ctx, memberId, "factors-reset");
  },
  audit: (_, { memberId }) => ({ memberId, change: "second factors reset" }),
});

/**
 * Sets whether every member needs a second factor, and from when. Only an owner can do this, and only one who has a
 * second factor can require it. A member who has none by then can do nothing else until they set one up. Members who
 * sign in through the organization's provider are exempt: the provider asks for theirs.
 */
export const changeSecondFactorPolicy = command({
  name: "changeSecondFactorPolicy",
  action: "member.change",
  stepUp: true,
  input: z.strictObject({ policy: SecondFactorPolicy }),
  run: async (ctx, { policy }) => {
    const { db, organizationId, now } = ctx;
    const isNeeded = policy !== "nobody";
    // Otherwise the owner could do nothing else until they set one up.
    if (isNeeded && !(await hasSecondFactor(ctx, MemberId.parse(requireMemberId(ctx)))))
      throw new ServiceError("conflict", { key: "error.own-factor-first" });
    const days = policy === "after-grace" ? GRACE_DAYS : 0;
    const chosen = isNeeded ? new Date(now.getTime() + days * DAY_MS) : null;
    const { secondFactorFrom: before } = await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { secondFactorFrom: true },
    });
    // A grace period that is still running is not extended. After its end, or after "nobody", a new one begins.
    const keepsGrace = chosen !== null && before !== null && before > now && before < chosen;
    const secondFactorFrom = keepsGrace ? before : chosen;
    await db.organization.update({ where: { id: organizationId }, data: { secondFactorFrom } });
    return { secondFactorFrom };
  },
  audit: (_, { policy }) => ({ change: "second factor policy", policy }),
});

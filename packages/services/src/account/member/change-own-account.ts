import { type RootContext, appendAudit, command, inTransaction } from "../../platform/internal.ts";
import { z } from "zod";
import { SessionId } from "@ringfence/core/ids";
import { ChangeOwnPassword, ChangeOwnSettings } from "@ringfence/core/account/member";
import { isBreached } from "./breached-passwords.ts";
import { hashPassword, isGuessable, isPassword } from "./password.ts";
import { requireMemberId } from "./sessions.ts";
import { clearAttempts, countAttempt, createMemberSubject } from "./sign-in-throttle.ts";

/**
 * `wrong`: the current password is wrong, or was changed by another request meanwhile. `throttled`: too many wrong
 * ones, so this one was not checked. `guessable`: the new one is too easy. `breached`: it is known to be stolen.
 */
export type PasswordOutcome = "changed" | "wrong" | "throttled" | "guessable" | "breached";

/** `sessionId` is the session of the request. It is the only one that continues. */
const PasswordChange = ChangeOwnPassword.and(z.object({ sessionId: SessionId }));

/**
 * Changes the acting member's password, and ends their other sessions. They must know the current one, and the new one
 * must be neither guessable nor known to be stolen.
 */
export const changeOwnPassword = command({
  name: "changeOwnPassword",
  action: "member.change-own-password",
  input: PasswordChange,
  transaction: "by run",
  run: async (ctx, { password, newPassword, sessionId }): Promise<PasswordOutcome> => {
    const subject = createMemberSubject(requireMemberId(ctx));
    if ((await countAttempt(ctx.db, subject)) > 0) return "throttled";
    const self = await findSelf(ctx);
    if (self === null || !(await isPassword(self.passwordHash, password))) return "wrong";

    await clearAttempts(ctx.db, subject);
    const { name, email, organization } = self;
    if (isGuessable(newPassword, [name, email, organization.name])) return "guessable";
    if (await isBreached(ctx, newPassword)) return "breached";
    const passwordHash = await hashPassword(newPassword);
    const isChanged = await replacePassword(ctx, {
      from: self.passwordHash,
      to: passwordHash,
      sessionId,
    });
    return isChanged ? "changed" : "wrong";
  },
  // One row, in the transaction that replaces the password.
  audit: "by run",
});

const findSelf = (ctx: RootContext) =>
  inTransaction(ctx, ({ db, organizationId }) =>
    db.member.findFirst({
      where: { organizationId, id: requireMemberId(ctx), removedAt: null },
      select: {
        name: true,
        email: true,
        passwordHash: true,
        organization: { select: { name: true } },
      },
    }),
  );

type Replacement = { from: string; to: string; sessionId: SessionId };

/** Returns false if the password has changed meanwhile: an owner reset it, or the member changed it elsewhere. */
const replacePassword = (ctx: RootContext, { from, to, sessionId }: Replacement) =>
  inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const id = requireMemberId(ctx);
    const { count } = await db.member.updateMany({
      where: { organizationId, id, passwordHash: from },
      data: { passwordHash: to, hasFirstPassword: false },
    });
    if (count === 0) return false;
    await db.session.deleteMany({
      where: { organizationId, memberId: id, id: { not: sessionId } },
    });
    await appendAudit(ctx, "member.change-own-password", {});
    return true;
  });

/** Changes the acting member's own settings. */
export const changeOwnSettings = command({
  name: "changeOwnSettings",
  action: "member.change-own-settings",
  input: ChangeOwnSettings,
  run: async (ctx, settings): Promise<void> => {
    const { db, organizationId } = ctx;
    const id = requireMemberId(ctx);
    await db.member.updateMany({ where: { organizationId, id }, data: settings });
  },
  audit: "none",
});

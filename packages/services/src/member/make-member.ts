import { MemberId } from "@ringfence/core/ids";
import type { AddMember } from "@ringfence/core/member";
import type { Locale } from "@ringfence/core/message";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { makeFirstPassword } from "./make-first-password.ts";
import { hashPassword } from "./password.ts";

/**
 * Puts somebody into the organization of the transaction, with a password that they have to change as
 * they come in. This answer alone holds it. Says `conflict` where a member has the e-mail.
 *
 * It asks nobody whether it may, and puts nothing on record: `addMember` does, and who makes the first
 * owner, whom nobody can add.
 */
export const makeMember = async (
  ctx: TransactionContext,
  member: AddMember & { locale?: Locale; zone?: string },
): Promise<{ memberId: MemberId; firstPassword: string }> => {
  const { db, organizationId } = ctx;
  const firstPassword = await makeFirstPassword(ctx);
  const passwordHash = await hashPassword(firstPassword);
  const [made] = await db.member.createManyAndReturn({
    data: [{ ...member, organizationId, passwordHash, hasFirstPassword: true }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made === undefined) throw new ServiceError("conflict", { key: "error.email-taken" });
  return { memberId: MemberId.parse(made.id), firstPassword };
};

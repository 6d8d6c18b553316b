import { MemberId } from "@ringfence/core/ids";
import type { AddMember } from "@ringfence/core/member";
import type { Locale } from "@ringfence/core/message";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/**
 * Puts somebody into the organization of the transaction, who has yet to choose a password of their own.
 * Says `conflict` where a member has the e-mail.
 *
 * It asks nobody whether it may, and puts nothing on record: `addMember` does, and who makes the first
 * owner, whom nobody can add.
 */
export const makeMember = async (
  ctx: TransactionContext,
  member: AddMember & { passwordHash: string; locale?: Locale; zone?: string },
): Promise<MemberId> => {
  const { db, organizationId } = ctx;
  const [made] = await db.member.createManyAndReturn({
    data: [{ ...member, organizationId, hasFirstPassword: true }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made === undefined) throw new ServiceError("conflict", { key: "error.email-taken" });
  return MemberId.parse(made.id);
};

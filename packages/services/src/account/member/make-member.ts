import { MemberId } from "@ringfence/core/ids";
import type { AddMember } from "@ringfence/core/account/member";
import type { Locale } from "@ringfence/core/platform/message";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * Inserts a member into the organization of the transaction. They still have to choose a password of their
 * own. Throws `conflict` if another member has the email address.
 *
 * It checks no permission and audits nothing. `addMember` does both; so does the command that creates the
 * first owner, whom nobody can add.
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

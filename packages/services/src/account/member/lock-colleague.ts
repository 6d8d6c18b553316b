import type { MemberId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "./require-self.ts";

/**
 * Holds a member whom an owner changes, and all owners, until the transaction ends.
 *
 * Nobody changes themselves, and who changes another has to be an owner still: so one is always left,
 * also where two remove each other at once. Says `not-found` or `forbidden`.
 */
export const lockColleague = async (ctx: TransactionContext, memberId: MemberId): Promise<void> => {
  const { db, organizationId } = ctx;
  const self = requireSelf(ctx);
  if (memberId === self) throw new ServiceError("forbidden", { key: "error.own-membership" });

  // In one order, so that two who wait for each other cannot be.
  const locked = await db.$queryRaw<{ id: string; isOwner: boolean }[]>`
    SELECT id, role = 'owner' AS "isOwner" FROM member
    WHERE organization_id = ${organizationId}::uuid AND removed_at IS NULL
      AND (role = 'owner' OR id = ${memberId}::uuid)
    ORDER BY id FOR UPDATE`;
  if (!locked.some(({ id, isOwner }) => id === self && isOwner)) {
    throw new ServiceError("forbidden", { key: "error.owner-no-more" });
  }
  if (!locked.some(({ id }) => id === memberId)) {
    throw new ServiceError("not-found", { key: "error.member-not-found" });
  }
};

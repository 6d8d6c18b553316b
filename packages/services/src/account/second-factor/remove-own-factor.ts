import { MemberId } from "@ringfence/core/ids";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import {
  hasSecondFactor,
  isProviderRequired,
  lockMember,
  requireMemberId,
} from "../member/internal.ts";
import { deleteRecoveryCodes } from "./recovery-codes.ts";

/**
 * Removes one of the acting member's second factors, and with the last one their recovery codes. `remove` deletes it and
 * returns how many rows it deleted. Returns false if it deleted none. Throws `conflict` if it was the last one and the
 * organization requires one.
 */
export async function removeOwnFactor(
  ctx: TransactionContext,
  remove: (memberId: MemberId) => Promise<{ count: number }>,
): Promise<boolean> {
  const memberId = MemberId.parse(requireMemberId(ctx));
  // Otherwise two removals at once would each see the other's factor.
  await lockMember(ctx, memberId);
  const { count } = await remove(memberId);
  if (count > 0 && !(await hasSecondFactor(ctx, memberId))) {
    if (await isFactorRequired(ctx, memberId))
      throw new ServiceError("conflict", { key: "error.last-factor" });
    await deleteRecoveryCodes(ctx, memberId);
  }
  return count > 0;
}

/** Members who have to sign in at the identity provider are exempt, because it asks for factors itself. */
async function isFactorRequired(ctx: TransactionContext, memberId: MemberId): Promise<boolean> {
  const { db, organizationId, now } = ctx;
  const where = { id: organizationId, secondFactorFrom: { lte: now } };
  return (await db.organization.count({ where })) > 0 && !(await isProviderRequired(ctx, memberId));
}

import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "./require-self.ts";

/** Keeps an owner who acts from being removed until the transaction ends; `forbidden` where they are one no more. */
export const requireOwnerStill = async (ctx: TransactionContext): Promise<void> => {
  const { db, organizationId } = ctx;
  const still = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM member
    WHERE organization_id = ${organizationId}::uuid AND id = ${requireSelf(ctx)}::uuid
      AND role = 'owner' AND removed_at IS NULL
    FOR SHARE`;
  if (still.length === 0) throw new ServiceError("forbidden", { key: "error.owner-no-more" });
};

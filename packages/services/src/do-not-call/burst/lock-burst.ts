import { RefusalBurstId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * Locks a burst until the transaction ends. If two officers settle it at once, the second sees what the first
 * did.
 */
export async function lockBurst(
  { db, organizationId }: TransactionContext,
  id: RefusalBurstId,
): Promise<RefusalBurstId> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM refusal_burst
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const [row] = rows;
  if (row === undefined) throw new ServiceError("not-found", { key: "opt-out.burst-not-found" });
  return RefusalBurstId.parse(row.id);
}

import type { RegistryId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Takes a registry out of use and ends its alerts. Call it in the transaction that locked the registry. */
export async function cutOffRegistry(
  { db, organizationId, now }: TransactionContext,
  registryId: RegistryId,
): Promise<void> {
  await db.registry.updateMany({
    where: { organizationId, id: registryId },
    data: { disconnectedAt: now },
  });
  await db.registryAlert.updateMany({
    where: { organizationId, registryId, until: null },
    data: { until: now },
  });
}
